// What keys, buttons and gestures do; each asks once whether this person may change the board now.
import { batch } from "@preact/signals";
import { fill } from "../../lib/dom.js";
import type { BoardModel } from "../model/board-model.js";
import { copied, pastedLines, pastedNotes } from "../model/clipboard.js";
import { addNotes, deleteNotes, moveNotes, placeNotes, setColour } from "../model/operations.js";
import type { NoteDraft, Place } from "../model/operations.js";
import { NOTE_HEIGHT, NOTE_WIDTH } from "../model/schema.js";
import type { Colour, Note } from "../model/schema.js";
import type { Box, Camera } from "../render/camera.js";
import type { World } from "../render/world.js";
import type { BoardData, BoardState } from "../state.js";

const GAP = 24;
const COPY_SHIFT = 24;
const TRIES = 200;
const READABLE_ZOOM = 0.75;

export class Commands {
  constructor(
    private readonly data: BoardData,
    private readonly model: BoardModel,
    private readonly state: BoardState,
    private readonly camera: Camera,
    private readonly world: World,
    private readonly canvas: HTMLElement,
  ) {}

  // -- looking

  select(ids: Iterable<string>): void {
    this.state.selection.value = new Set(ids);
  }

  toggle(id: string): void {
    const next = new Set(this.state.selection.value);
    if (!next.delete(id)) next.add(id);
    this.state.selection.value = next;
  }

  selectAll(): void {
    this.select(this.world.list().map((note) => note.id));
  }

  /** The selected notes that are still there, as one reads a wall. */
  selected(): Note[] {
    return this.world.list().filter((note) => this.state.selection.value.has(note.id));
  }

  focus(id: string): void {
    this.world.show(id)?.focus({ preventScroll: true });
  }

  /** Go to the next or the previous note in reading order; false at the ends. */
  focusNeighbour(from: string | null, step: 1 | -1): boolean {
    const notes = this.world.list();
    const here = notes.findIndex((note) => note.id === from);
    const next = here < 0 ? (step > 0 ? notes[0] : undefined) : notes[here + step];
    if (next === undefined) return false;
    this.select([next.id]);
    this.focus(next.id);
    return true;
  }

  fit(): void {
    this.camera.fit(this.extent());
  }

  /** The first look: as much as can be read. */
  open(): void {
    this.camera.fit(this.extent(), READABLE_ZOOM);
  }

  private extent(): Box {
    const box = this.world.boxAround(this.world.list());
    return box ?? { x: -NOTE_WIDTH, y: -NOTE_HEIGHT, w: NOTE_WIDTH * 2, h: NOTE_HEIGHT * 2 };
  }

  // -- writing

  /** Make a note and begin to write on it; in the middle of the view unless a place is named. */
  newNote(at?: Place): void {
    if (!this.state.mayWrite.value) return;
    const middle = at ?? this.camera.middle();
    const place = { x: middle.x - NOTE_WIDTH / 2, y: middle.y - NOTE_HEIGHT / 2 };
    this.writeNew(at === undefined ? this.freePlace(place) : place, this.state.colour.value);
  }

  /** Make a note beside another and begin to write on it. */
  newNoteBeside(id: string): void {
    const note = this.world.find(id);
    if (note === null || !this.state.mayWrite.value) return;
    this.writeNew(this.freePlace({ x: note.x + note.w + GAP, y: note.y }), note.colour);
  }

  private writeNew(place: Place, colour: Colour): void {
    const [id] = this.add([{ ...place, text: "", colour }]);
    if (id === undefined) return;
    this.edit(id);
    this.state.announcement.value = this.data.words["noteAdded"] ?? "";
  }

  private add(drafts: readonly NoteDraft[]): string[] {
    this.model.endStep();
    const ids = addNotes(this.model.doc, drafts, this.data.you, Date.now());
    this.select(ids);
    this.state.tool.value = "select";
    return ids;
  }

  edit(id: string): void {
    if (!this.state.mayWrite.value || this.world.show(id) === null) return;
    this.model.endStep();
    batch(() => {
      this.select([id]);
      this.state.editing.value = id;
    });
  }

  /** End writing; the note keeps the focus when the person stays with it. */
  stopEditing(isStaying: boolean): void {
    const id = this.state.editing.value;
    if (id === null) return;
    this.state.editing.value = null;
    this.model.endStep();
    if (isStaying) this.focus(id);
  }

  // -- changing what is selected

  delete(): void {
    const ids = this.selected().map((note) => note.id);
    if (!this.state.mayWrite.value || ids.length === 0) return;
    this.model.endStep();
    const count = deleteNotes(this.model.doc, ids);
    this.select([]);
    this.canvas.focus({ preventScroll: true });
    this.say("notesDeleted", { count });
  }

  colour(colour: Colour): void {
    if (!this.state.mayWrite.value) return;
    this.state.colour.value = colour;
    this.model.endStep();
    setColour(this.model.doc, this.state.selection.value, colour);
    this.say("colourSet", { colour: this.data.colours.find(({ key }) => key === colour)?.label ?? colour });
  }

  nudge(dx: number, dy: number): void {
    if (!this.state.mayWrite.value || this.state.selection.value.size === 0) return;
    moveNotes(this.model.doc, this.state.selection.value, dx, dy);
    this.revealSelection();
  }

  /** Put the selection's top left corner at a place. */
  moveTo(place: Place): void {
    const box = this.world.boxAround(this.selected());
    if (box === null || !this.state.mayWrite.value) return;
    this.model.endStep();
    moveNotes(this.model.doc, this.state.selection.value, place.x - box.x, place.y - box.y);
    this.revealSelection();
    this.say("notesMoved", { count: this.state.selection.value.size });
  }

  /** Put notes where a drag has them now. */
  place(places: ReadonlyMap<string, Place>): void {
    if (this.state.mayWrite.value) placeNotes(this.model.doc, places);
  }

  duplicate(shift = COPY_SHIFT): string[] {
    if (!this.state.mayWrite.value) return [];
    const notes = this.selected();
    return this.add(notes.map((note) => ({ ...draftOf(note), x: note.x + shift, y: note.y + shift })));
  }

  private revealSelection(): void {
    const box = this.world.boxAround(this.selected());
    if (box !== null) this.camera.reveal(box);
  }

  undo(): void {
    if (this.state.mayWrite.value && this.model.undo()) this.say("undone");
  }

  redo(): void {
    if (this.state.mayWrite.value && this.model.redo()) this.say("redone");
  }

  // -- clipboard

  copy(): { text: string; json: string } | null {
    const notes = this.selected();
    if (notes.length === 0) return null;
    this.say("copied", { count: notes.length });
    return copied(notes);
  }

  /** Paste Cojam's own notes, or one note for each line of text. */
  paste(json: string, text: string): void {
    if (!this.state.mayWrite.value) return;
    const at = this.camera.middle();
    const own = pastedNotes(json, at);
    const drafts = own.length > 0 ? own : pastedLines(text, at, this.state.colour.value);
    if (drafts.length > 0) this.focusFirst(this.add(drafts));
  }

  private focusFirst(ids: readonly string[]): void {
    const [first] = ids;
    if (first !== undefined) this.focus(first);
  }

  // -- moderating

  /** Take the selected notes out of everyone's sight; the server keeps them. */
  async hide(): Promise<void> {
    const ids = this.selected().map((note) => note.id);
    this.select([]);
    for (const id of ids) {
      const answer = await fetch(this.data.hideUrl.replace("NOTE", encodeURIComponent(id)), {
        method: "POST",
        headers: { "X-CSRFToken": this.data.csrfToken, Accept: "application/json" },
      }).catch(() => null);
      if (answer?.ok !== true) this.state.refusal.value = this.data.words["hideFailed"] ?? "";
    }
  }

  private freePlace(wanted: Place): Place {
    let place = wanted;
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const area = { x: place.x + 1, y: place.y + 1, w: NOTE_WIDTH - 2, h: NOTE_HEIGHT - 2 };
      if (this.world.within(area).length === 0) return place;
      place = { x: place.x + NOTE_WIDTH + GAP, y: place.y };
      if (attempt % 5 === 4) place = { x: wanted.x, y: place.y + NOTE_HEIGHT + GAP };
    }
    return wanted;
  }

  private say(word: string, values: Record<string, string | number> = {}): void {
    this.state.announcement.value = fill(this.data.words[word] ?? "", values);
  }
}

function draftOf(note: Note): NoteDraft {
  const { text, x, y, colour, w, h } = note;
  return { text, x, y, colour, ...(w > NOTE_WIDTH ? { w } : {}), ...(h > NOTE_HEIGHT ? { h } : {}) };
}
