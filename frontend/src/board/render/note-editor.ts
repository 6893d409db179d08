// Writing on a note: a textarea over it, bound to the shared text both ways.
import type * as Y from "yjs";
import type { BoardModel } from "../model/board-model.js";
import { TEXT_MAX, replaceText } from "../model/operations.js";
import { textOf } from "../model/schema.js";
import { difference, movedCaret } from "../model/text-diff.js";
import type { DeltaStep } from "../model/text-diff.js";

export class NoteEditor {
  private readonly area = document.createElement("textarea");
  private readonly shared: Y.Text | null;
  /** The text as it was when the textarea and the document last agreed. */
  private base: string;
  private isComposing = false;
  private isWriting = false;
  private missed: DeltaStep[][] = [];
  private readonly observer = (event: Y.YTextEvent): void => {
    if (this.isWriting) return;
    this.missed.push(event.delta as DeltaStep[]);
    // An input method loses its place when the text changes under it: that waits.
    if (!this.isComposing) this.follow();
  };

  constructor(
    private readonly model: BoardModel,
    readonly id: string,
    host: HTMLElement,
    words: { readonly label: string; readonly hint: string },
    onLeave: () => void,
  ) {
    this.shared = textOf(model.doc, id);
    this.base = this.area.value = this.shared?.toString() ?? "";
    this.area.maxLength = TEXT_MAX;
    this.area.dir = "auto";
    this.area.placeholder = words.hint;
    this.area.setAttribute("aria-label", words.label);
    this.area.addEventListener("input", () => {
      if (!this.isComposing) this.write();
    });
    this.area.addEventListener("compositionstart", () => {
      this.isComposing = true;
    });
    this.area.addEventListener("compositionend", () => {
      this.isComposing = false;
      this.write();
      this.follow();
    });
    this.area.addEventListener("blur", () => {
      // Another window may have taken the focus: the writer comes back to where they were.
      if (document.hasFocus()) onLeave();
    });
    host.append(this.area);
    this.shared?.observe(this.observer);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(this.area.value.length, this.area.value.length);
  }

  get isEmpty(): boolean {
    return this.area.value.trim() === "";
  }

  destroy(): void {
    if (this.isComposing) this.write();
    this.shared?.unobserve(this.observer);
    this.area.remove();
  }

  /** Put into the document what was typed, past what others wrote in the meantime. */
  private write(): void {
    const change = difference(this.base, this.area.value, this.area.selectionEnd);
    this.base = this.area.value;
    if (change === null) return;
    const at = this.pastMissed(change.at);
    const end = this.pastMissed(change.at + change.removed);
    this.isWriting = true;
    replaceText(this.model.doc, this.id, { at, removed: end - at, inserted: change.inserted });
    this.isWriting = false;
  }

  /** Show what others wrote, or what was undone; the caret stays where it was in the text. */
  private follow(): void {
    if (this.missed.length === 0) return;
    const { selectionStart, selectionEnd, selectionDirection, scrollTop } = this.area;
    const start = this.pastMissed(selectionStart);
    const end = this.pastMissed(selectionEnd);
    this.missed = [];
    this.base = this.area.value = this.shared?.toString() ?? "";
    this.area.setSelectionRange(start, end, selectionDirection);
    this.area.scrollTop = scrollTop;
  }

  private pastMissed(position: number): number {
    return this.missed.reduce(movedCaret, position);
  }
}
