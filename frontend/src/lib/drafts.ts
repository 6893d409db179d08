import { findPart } from "./dom.js";
import { matchRows } from "./rows.js";

/** Names and values of a form's fields, in order. */
export type Values = [string, string][];

/** What a draft consists of: every field but files, passwords, the token and the version it began from. */
export function draftOf(form: HTMLFormElement): Values {
  const left = new Set(["csrf_token", "version"]);
  for (const input of form.querySelectorAll<HTMLInputElement>('input[type="password"]')) left.add(input.name);
  return [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !left.has(entry[0]),
  );
}

/** Put kept values back into the form's fields; rows that a script had added are made again. */
export function putBack(form: HTMLFormElement, values: Values): void {
  const names = new Set(values.map(([name]) => name));
  for (const group of form.querySelectorAll<HTMLElement>('[data-controller~="skill-picker"]')) {
    const rows = findPart(group, "rows");
    const template = findPart<HTMLTemplateElement>(group, "template");
    if (rows !== null && template !== null) matchRows(rows, template, names);
    group.dispatchEvent(new Event("rows-changed"));
  }
  for (const control of form.elements) putBackOne(control, values);
}

function putBackOne(control: Element, values: Values): void {
  if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio")) {
    control.checked = values.some(([name, value]) => name === control.name && value === control.value);
  } else if (
    control instanceof HTMLTextAreaElement ||
    control instanceof HTMLSelectElement ||
    (control instanceof HTMLInputElement && !["hidden", "file", "password", "submit"].includes(control.type))
  ) {
    const kept = values.find(([name]) => name === control.name);
    if (kept !== undefined) control.value = kept[1];
  }
}

/** The hidden field that says from which version of the stored text the form began, if there is one. */
export function versionField(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>('input[type="hidden"][name="version"]');
}

/** A place in the browser's store for one draft. A full or forbidden store is as if it were empty. */
export class DraftStore {
  constructor(
    private readonly store: () => Storage,
    private readonly key: string,
  ) {}

  keep(values: Values): void {
    try {
      this.store().setItem(this.key, JSON.stringify(values));
    } catch {
      // The warning before leaving still protects what was typed.
    }
  }

  read(): Values | null {
    try {
      const kept: unknown = JSON.parse(this.store().getItem(this.key) ?? "null");
      return Array.isArray(kept) ? (kept as Values) : null;
    } catch {
      return null;
    }
  }

  forget(): void {
    try {
      this.store().removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }
}
