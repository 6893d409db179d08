/** A behaviour of one element; the registry calls it once when the page is ready. */
export type Connect = (element: HTMLElement) => void;

/** Find the element that a template marked with data-part, or null. */
export function findPart<T extends Element = HTMLElement>(root: ParentNode, name: string): T | null {
  return root.querySelector<T>(`[data-part="${name}"]`);
}

/** Find every element with this data-part. */
export function listParts<T extends Element = HTMLElement>(root: ParentNode, name: string): T[] {
  return [...root.querySelectorAll<T>(`[data-part="${name}"]`)];
}

/** Put values into a sentence of the page: fill("Saved {time}", { time: "14:05" }). */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The language the page is written in, for dates and numbers: English as Europe writes it, like the server. */
export function pageLanguage(): string {
  const language = document.documentElement.lang || "en";
  return language === "en" ? "en-GB" : language;
}

/** Tell other behaviours (autosave, character count) that a script changed a field. */
export function announceInput(element: Element): void {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Attach the behaviours named in data-controller, in `root` and below. */
export function connectWithin(root: ParentNode, registry: Readonly<Record<string, Connect>>): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-controller]")) {
    for (const name of (element.dataset["controller"] ?? "").split(/\s+/)) {
      if (Object.hasOwn(registry, name)) registry[name]?.(element);
    }
  }
}
