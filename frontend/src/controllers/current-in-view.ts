/** Scroll a row of links sideways, so that the current one is in the middle. */
export function currentInView(element: HTMLElement): void {
  const current = element.querySelector<HTMLElement>("[aria-current]");
  if (current === null) return;
  const offset = current.getBoundingClientRect().left - element.getBoundingClientRect().left;
  element.scrollLeft += offset - (element.clientWidth - current.offsetWidth) / 2;
}
