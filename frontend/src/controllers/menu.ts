/** A <details> that behaves as a menu: Escape and a click elsewhere close it, arrows walk through it. */
export function menu(element: HTMLElement): void {
  if (!(element instanceof HTMLDetailsElement)) return;
  const summary = element.querySelector("summary");
  const places = (): HTMLElement[] =>
    [...element.querySelectorAll<HTMLElement>("a[href], button")].filter((place) => !place.hidden);

  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !element.contains(event.target)) element.open = false;
  });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) element.open = false;
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && element.open) {
      event.stopPropagation();
      element.open = false;
      summary?.focus();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    element.open = true;
    const all = places();
    const here = all.findIndex((place) => place === document.activeElement);
    const step = event.key === "ArrowDown" ? 1 : -1;
    all[(here + step + all.length + (here < 0 && step < 0 ? 1 : 0)) % all.length]?.focus();
  });
}
