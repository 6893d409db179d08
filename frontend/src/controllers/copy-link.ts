import { findPart } from "../lib/dom.js";

/** Copies data-text; part "said" (role=status) then reads data-done. */
export function copyLink(element: HTMLElement): void {
  element.hidden = false;
  element.addEventListener("click", () => void copy(element));
}

async function copy(element: HTMLElement): Promise<void> {
  const text = element.dataset["text"] ?? location.href;
  const said = findPart(element, "said") ?? element;
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = element.dataset["done"] ?? "";
  } catch {
    // No right to the clipboard (an old browser, plain HTTP): show the text to be copied by hand.
    said.textContent = text;
  }
}
