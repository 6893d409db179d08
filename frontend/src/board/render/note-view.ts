// One note as an element: its place, colour, text and name, and who is writing on it.
import { fill } from "../../lib/dom.js";
import type { Note } from "../model/schema.js";

/** The words and names that a note is shown with. */
export interface NoteContext {
  readonly words: Readonly<Record<string, string>>;
  colourLabel(colour: string): string;
  authorName(principal: string | null): string;
}

export interface NoteMarks {
  readonly isSelected: boolean;
  readonly isEditing: boolean;
  /** Who else writes on it now. */
  readonly writer: string | null;
}

const EXCERPT = 200;

/** Notes lie a little crooked, each always in the same way. */
function tilt(id: string): number {
  let hash = 0;
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) | 0;
  return ((((hash % 15) + 15) % 15) - 7) / 10;
}

export class NoteView {
  readonly element: HTMLElement;
  private readonly text: HTMLParagraphElement;
  private readonly by: HTMLElement;
  private readonly writer: HTMLElement;
  private readonly tilt: number;
  private shown = "";

  constructor(
    readonly id: string,
    private readonly context: NoteContext,
  ) {
    this.tilt = tilt(id);
    this.element = document.createElement("div");
    this.element.className = "note";
    this.element.dataset["note"] = id;
    this.element.setAttribute("role", "group");
    this.element.tabIndex = -1;
    this.text = document.createElement("p");
    this.text.dir = "auto";
    this.by = document.createElement("span");
    this.by.className = "by";
    this.writer = document.createElement("span");
    this.writer.className = "writer";
    this.writer.hidden = true;
    this.element.append(this.text, this.by, this.writer);
  }

  /** Show a note at a place, which while it is dragged differs from the document's. */
  update(note: Note, marks: NoteMarks, x: number, y: number): void {
    const { style, classList } = this.element;
    style.transform = `translate(${x}px, ${y}px)${marks.isEditing ? "" : ` rotate(${this.tilt}deg)`}`;
    const author = this.context.authorName(note.author);
    const state = JSON.stringify([note, marks, author]);
    if (state === this.shown) return;
    this.shown = state;
    this.element.className = `note c-${note.colour}`;
    classList.toggle("sel", marks.isSelected);
    classList.toggle("is-editing", marks.isEditing);
    style.width = `${note.w}px`;
    style.minHeight = `${note.h}px`;
    // A last line that is empty still takes its room.
    this.text.textContent = note.text.endsWith("\n") ? `${note.text} ` : note.text;
    this.by.textContent = author;
    this.writer.hidden = marks.writer === null;
    this.writer.textContent = marks.writer === null ? "" : fill(this.context.words["isWriting"] ?? "", { person: marks.writer });
    this.element.setAttribute("aria-label", this.label(note, marks, author));
  }

  private label(note: Note, marks: NoteMarks, author: string): string {
    const { words } = this.context;
    const name = marks.writer !== null ? "noteLabelEditing" : marks.isSelected ? "noteLabelSelected" : "noteLabel";
    return fill(words[name] ?? "", {
      text: note.text.trim().slice(0, EXCERPT) || (words["emptyNote"] ?? ""),
      colour: this.context.colourLabel(note.colour),
      author,
      person: marks.writer ?? "",
    });
  }
}
