import { announceInput } from "../lib/dom.js";

export type Mark = "bold" | "italic" | "link" | "list" | "quote";

export interface Edit {
  text: string;
  start: number;
  end: number;
}

const AROUND: Record<"bold" | "italic", string> = { bold: "**", italic: "*" };
const BEFORE_LINE: Record<"list" | "quote", string> = { list: "- ", quote: "> " };

/** The text and selection after a mark has been put on, or taken off, the selection. */
export function applyMark(mark: Mark, { text, start, end }: Edit): Edit {
  const chosen = text.slice(start, end);
  if (mark === "link") {
    const made = `[${chosen}](https://)`;
    const cursor = start + made.length - 1;
    return { text: text.slice(0, start) + made + text.slice(end), start: cursor, end: cursor };
  }
  if (mark === "list" || mark === "quote") {
    const sign = BEFORE_LINE[mark];
    const from = text.lastIndexOf("\n", start - 1) + 1;
    const lines = text.slice(from, end).split("\n");
    const isOn = lines.every((line) => line.startsWith(sign));
    const made = lines.map((line) => (isOn ? line.slice(sign.length) : sign + line)).join("\n");
    return { text: text.slice(0, from) + made + text.slice(end), start: from, end: from + made.length };
  }
  const sign = AROUND[mark];
  if (text.slice(start - sign.length, start) === sign && text.slice(end, end + sign.length) === sign) {
    const plain = text.slice(0, start - sign.length) + chosen + text.slice(end + sign.length);
    return { text: plain, start: start - sign.length, end: end - sign.length };
  }
  const made = text.slice(0, start) + sign + chosen + sign + text.slice(end);
  return { text: made, start: start + sign.length, end: end + sign.length };
}

/** Buttons data-mark="bold|italic|link|list|quote" for the textarea that data-for names. */
export function markdownToolbar(element: HTMLElement): void {
  const area = document.getElementById(element.dataset["for"] ?? "");
  if (!(area instanceof HTMLTextAreaElement)) return;
  const put = (mark: Mark): void => {
    const edit = applyMark(mark, { text: area.value, start: area.selectionStart, end: area.selectionEnd });
    area.value = edit.text;
    area.focus();
    area.setSelectionRange(edit.start, edit.end);
    announceInput(area);
  };
  element.hidden = false;
  element.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-mark]") : null;
    if (button) put(button.dataset["mark"] as Mark);
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const mark = ({ b: "bold", i: "italic", k: "link" } as const)[event.key as "b" | "i" | "k"];
    if (mark === undefined) return;
    event.preventDefault();
    put(mark);
  });
}
