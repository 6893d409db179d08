// The document of one board with its undo; told of every change, and of a whole new document after a refusal.
import * as Y from "yjs";
import { OWN } from "./operations.js";
import { inReadingOrder, notesOf, readNote } from "./schema.js";
import type { Note, NoteFields } from "./schema.js";

/** Which notes a change touched. */
export interface NoteChanges {
  readonly added: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
  readonly deleted: ReadonlySet<string>;
  readonly isOwn: boolean;
}

const CAPTURE_MS = 500;
const FOREVER_MS = Number.MAX_SAFE_INTEGER;

export class BoardModel {
  doc = new Y.Doc();
  private undoManager = this.makeUndo();
  private readonly changeListeners: ((changes: NoteChanges) => void)[] = [];
  private readonly replaceListeners: (() => void)[] = [];
  private readonly undoListeners: (() => void)[] = [];

  constructor() {
    this.observe();
  }

  onChange(listener: (changes: NoteChanges) => void): void {
    this.changeListeners.push(listener);
  }

  /** The document was thrown away and made anew: everything read from it is stale. */
  onReplace(listener: () => void): void {
    this.replaceListeners.push(listener);
  }

  onUndoState(listener: () => void): void {
    this.undoListeners.push(listener);
  }

  note(id: string): Note | null {
    return readNote(this.doc, id);
  }

  ids(): string[] {
    return [...notesOf(this.doc).keys()];
  }

  /** All notes that fit the schema, as one reads a wall. */
  notes(): Note[] {
    return inReadingOrder(this.ids().flatMap((id) => this.note(id) ?? []));
  }

  // -- undo, of one's own changes alone

  get canUndo(): boolean {
    return this.undoManager.canUndo();
  }

  get canRedo(): boolean {
    return this.undoManager.canRedo();
  }

  undo(): boolean {
    return this.undoManager.undo() !== null;
  }

  redo(): boolean {
    return this.undoManager.redo() !== null;
  }

  /** End the current step: what comes next is undone by itself. */
  endStep(): void {
    this.undoManager.stopCapturing();
  }

  /** Everything until `endGesture` is one step, however long a drag rests. */
  beginGesture(): void {
    this.undoManager.stopCapturing();
    this.undoManager.captureTimeout = FOREVER_MS;
  }

  endGesture(): void {
    this.undoManager.captureTimeout = CAPTURE_MS;
    this.undoManager.stopCapturing();
  }

  // -- life

  /** Throw the document away and begin anew, under a new client id, from the server's state. */
  replace(state: Uint8Array): void {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    this.undoManager.destroy();
    this.doc.destroy();
    this.doc = doc;
    this.undoManager = this.makeUndo();
    this.observe();
    for (const listener of this.replaceListeners) listener();
    this.tellUndo();
  }

  private makeUndo(): Y.UndoManager {
    const manager = new Y.UndoManager(notesOf(this.doc), { trackedOrigins: new Set([OWN]), captureTimeout: CAPTURE_MS });
    for (const name of ["stack-item-added", "stack-item-popped", "stack-cleared"] as const) {
      manager.on(name, () => this.tellUndo());
    }
    return manager;
  }

  private tellUndo(): void {
    for (const listener of this.undoListeners) listener();
  }

  private observe(): void {
    const notes = notesOf(this.doc);
    notes.observeDeep((events, transaction) => {
      const added = new Set<string>();
      const changed = new Set<string>();
      const deleted = new Set<string>();
      for (const event of events) {
        if (event.target === (notes as Y.Map<unknown>)) sortKeys(event, added, changed, deleted);
        else if (typeof event.path[0] === "string") changed.add(event.path[0]);
      }
      const changes: NoteChanges = { added, changed, deleted, isOwn: transaction.local };
      for (const listener of this.changeListeners) listener(changes);
    });
  }
}

function sortKeys(event: Y.YEvent<Y.AbstractType<unknown>>, added: Set<string>, changed: Set<string>, deleted: Set<string>): void {
  for (const [id, change] of event.changes.keys) {
    if (change.action === "add") added.add(id);
    else if (change.action === "delete") deleted.add(id);
    else changed.add(id);
  }
}

export type { NoteFields };
