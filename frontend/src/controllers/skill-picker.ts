import { announceInput, findPart, listParts } from "../lib/dom.js";
import { nextIndex, rowFrom } from "../lib/rows.js";

/**
 * Rows of skill and level: add, take away, never more than data-max.
 *
 * Parts: rows, row (each), add (button), template (a <template> whose names hold __index__).
 * Buttons data-act="remove" inside a row. Suggestions come from the <datalist> the inputs name.
 */
export function skillPicker(element: HTMLElement): void {
  const rows = findPart(element, "rows");
  const add = findPart<HTMLButtonElement>(element, "add");
  const template = findPart<HTMLTemplateElement>(element, "template");
  if (rows === null || add === null || template === null) return;
  const most = Number(element.dataset["max"] ?? "12");
  const settle = (): void => {
    add.hidden = listParts(rows, "row").length >= most;
  };

  add.addEventListener("click", (event) => {
    event.preventDefault();
    rows.append(rowFrom(template, nextIndex(rows)));
    settle();
    rows.lastElementChild?.querySelector<HTMLElement>("input, select")?.focus();
  });

  rows.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-act="remove"]') : null;
    const row = button?.closest<HTMLElement>('[data-part="row"]');
    if (!row) return;
    event.preventDefault();
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    settle();
    announceInput(rows);
    (neighbour?.querySelector<HTMLElement>("input, select") ?? add).focus();
  });
  element.addEventListener("rows-changed", settle);
  settle();
}
