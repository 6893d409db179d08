import { findPart } from "../lib/dom.js";

const SHOWN_MS = 8000;

/** A message at the foot that can be shut; one that offers an undo stays until it is. */
export function toast(element: HTMLElement): void {
  const close = findPart<HTMLButtonElement>(element, "close");
  if (close !== null) {
    close.hidden = false;
    close.addEventListener("click", () => element.remove());
  }
  if (element.querySelector("form") !== null) return;
  let timer = setTimeout(() => element.remove(), SHOWN_MS);
  for (const name of ["pointerenter", "focusin"]) element.addEventListener(name, () => clearTimeout(timer));
  for (const name of ["pointerleave", "focusout"]) {
    element.addEventListener(name, () => {
      timer = setTimeout(() => element.remove(), SHOWN_MS);
    });
  }
}
