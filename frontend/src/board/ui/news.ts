// What others do, told to screen readers politely: gathered for a while, then one sentence.
import { fill } from "../../lib/dom.js";
import type { NoteChanges } from "../model/board-model.js";

const GATHER_MS = 2_000;

export class News {
  private added = 0;
  private deleted = 0;
  private readonly changed = new Set<string>();
  private timer = 0;

  constructor(
    private readonly words: Readonly<Record<string, string>>,
    private readonly say: (sentence: string) => void,
  ) {}

  note(changes: NoteChanges): void {
    if (changes.isOwn) return;
    this.added += changes.added.size;
    this.deleted += changes.deleted.size;
    for (const id of changes.changed) this.changed.add(id);
    if (this.timer === 0) this.timer = window.setTimeout(() => this.tell(), GATHER_MS);
  }

  private tell(): void {
    const sentences = [
      this.added > 0 ? fill(this.words["othersAdded"] ?? "", { count: this.added }) : "",
      this.changed.size > 0 ? fill(this.words["othersChanged"] ?? "", { count: this.changed.size }) : "",
      this.deleted > 0 ? fill(this.words["othersDeleted"] ?? "", { count: this.deleted }) : "",
    ].filter((sentence) => sentence !== "");
    this.timer = this.added = this.deleted = 0;
    this.changed.clear();
    if (sentences.length > 0) this.say(sentences.join(". "));
  }
}
