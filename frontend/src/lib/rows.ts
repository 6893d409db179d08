import { listParts } from "./dom.js";

/** One more than the largest index in use, so that names never meet. */
export function nextIndex(rows: HTMLElement): number {
  const used = [...rows.querySelectorAll<HTMLInputElement>("[name]")].map((field) => /-(\d+)-/.exec(field.name)?.[1]);
  return Math.max(-1, ...used.map((index) => Number(index ?? -1))) + 1;
}

/** A new row from a <template> whose names hold __index__. */
export function rowFrom(template: HTMLTemplateElement, index: number): DocumentFragment {
  const fragment = template.content.cloneNode(true) as DocumentFragment;
  for (const node of fragment.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = node.getAttribute(name);
      if (value !== null) node.setAttribute(name, value.replaceAll("__index__", String(index)));
    }
  }
  return fragment;
}

/** Give a group of rows exactly those whose fields have these names: adds what is missing, takes away the rest. */
export function matchRows(rows: HTMLElement, template: HTMLTemplateElement, names: ReadonlySet<string>): void {
  for (const row of listParts(rows, "row")) {
    const fields = [...row.querySelectorAll<HTMLInputElement>("[name]:not(button)")];
    if (!fields.some((field) => names.has(field.name))) row.remove();
  }
  const patterns = [...template.content.querySelectorAll<HTMLInputElement>("[name]:not(button)")].map((field) =>
    field.name.split("__index__"),
  );
  const indices = [...names].map((name) => indexIn(name, patterns)).filter((index) => index !== null);
  for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
    const there = patterns.some(([head = "", tail = ""]) => hasField(rows, `${head}${index}${tail}`));
    if (!there) rows.append(rowFrom(template, index));
  }
}

function indexIn(name: string, patterns: readonly string[][]): number | null {
  for (const [head = "", tail = ""] of patterns) {
    const middle = name.slice(head.length, name.length - tail.length);
    if (name.startsWith(head) && name.endsWith(tail) && /^\d{1,4}$/.test(middle)) return Number(middle);
  }
  return null;
}

function hasField(rows: HTMLElement, name: string): boolean {
  return [...rows.querySelectorAll<HTMLInputElement>("[name]")].some((field) => field.name === name);
}
