import { findPart } from "../lib/dom.js";

/** A form that asks once before it is sent. Parts: dialog, confirm (submits), cancel. */
export function dialogConfirm(element: HTMLElement): void {
  const dialog = findPart<HTMLDialogElement>(element, "dialog");
  const confirm = findPart<HTMLButtonElement>(element, "confirm");
  if (!(element instanceof HTMLFormElement) || dialog === null || confirm === null) return;
  element.addEventListener("submit", (event) => {
    if (event.submitter === confirm) return;
    event.preventDefault();
    dialog.showModal();
    // The harmless answer is the nearest one.
    findPart<HTMLButtonElement>(dialog, "cancel")?.focus();
  });
  findPart(dialog, "cancel")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
