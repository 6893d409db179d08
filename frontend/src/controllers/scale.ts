/** Radio buttons of a scale: a digit chooses its value, besides the arrows that browsers know. */
export function scale(element: HTMLElement): void {
  element.addEventListener("keydown", (event) => {
    if (!/^[0-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const radio = element.querySelector<HTMLInputElement>(`input[type="radio"][value="${event.key}"]`);
    if (radio === null || radio.disabled) return;
    event.preventDefault();
    radio.focus();
    radio.click();
  });
}
