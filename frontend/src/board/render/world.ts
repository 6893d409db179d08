// The notes on the screen: one moving layer, real elements for what is near the view, drawn once a frame at most.
import type { BoardModel } from "../model/board-model.js";
import type { Place } from "../model/operations.js";
import { NOTE_HEIGHT, inReadingOrder } from "../model/schema.js";
import type { Note } from "../model/schema.js";
import type { Box, Camera } from "./camera.js";
import { NoteView } from "./note-view.js";
import type { NoteContext } from "./note-view.js";

/** What the world needs to know of the person's doings. */
export interface WorldState {
  isSelected(id: string): boolean;
  isEditing(id: string): boolean;
  writerOf(id: string): string | null;
}

const CULL_MARGIN_PX = 300;
const FAR_ZOOM = 0.35;
const GRID_PX = 24;

export class World {
  private readonly notes = new Map<string, Note>();
  private readonly views = new Map<string, NoteView>();
  private readonly heights = new Map<string, number>();
  private readonly stale = new Set<string>();
  private previews: ReadonlyMap<string, Place> = new Map();
  private isScheduled = false;
  /** The one note that Tab reaches from outside; arrows and Tab go on from there. */
  private tabStop: string | null = null;

  constructor(
    private readonly layer: HTMLElement,
    private readonly canvas: HTMLElement,
    private readonly camera: Camera,
    private readonly model: BoardModel,
    private readonly context: NoteContext,
    private readonly state: WorldState,
  ) {
    model.onChange(({ added, changed, deleted }) => {
      for (const id of [...added, ...changed, ...deleted]) this.stale.add(id);
      this.schedule();
    });
    model.onReplace(() => this.refresh());
    camera.onMove(() => this.schedule());
    new ResizeObserver(() => this.schedule()).observe(canvas);
    this.refresh();
  }

  /** Read everything anew: marks, names, notes. */
  refresh(): void {
    for (const id of [...this.notes.keys(), ...this.model.ids()]) this.stale.add(id);
    this.schedule();
  }

  /** Draw some notes anew: their marks have changed. */
  touch(ids: Iterable<string>): void {
    for (const id of ids) this.stale.add(id);
    this.schedule();
  }

  /** Show notes elsewhere than the document has them, while they are dragged. */
  preview(places: ReadonlyMap<string, Place>): void {
    this.previews = places;
    this.schedule();
  }

  list(): Note[] {
    this.read();
    return inReadingOrder(this.notes.values());
  }

  find(id: string): Note | null {
    this.read();
    return this.notes.get(id) ?? null;
  }

  /** Where a note lies, with the height that it has on the screen. */
  boxOf(note: Note): Box {
    const element = this.views.get(note.id)?.element;
    if (element !== undefined) this.heights.set(note.id, element.offsetHeight);
    const at = this.previews.get(note.id) ?? note;
    return { x: at.x, y: at.y, w: note.w, h: Math.max(note.h, this.heights.get(note.id) ?? NOTE_HEIGHT) };
  }

  /** The box around notes, or null when there are none. */
  boxAround(notes: readonly Note[]): Box | null {
    if (notes.length === 0) return null;
    const boxes = notes.map((note) => this.boxOf(note));
    const x = Math.min(...boxes.map((box) => box.x));
    const y = Math.min(...boxes.map((box) => box.y));
    return {
      x,
      y,
      w: Math.max(...boxes.map((box) => box.x + box.w)) - x,
      h: Math.max(...boxes.map((box) => box.y + box.h)) - y,
    };
  }

  within(area: Box): Note[] {
    return this.list().filter((note) => overlaps(this.boxOf(note), area));
  }

  /** The element of a note, brought into view and made if need be. */
  show(id: string): HTMLElement | null {
    const note = this.find(id);
    if (note === null) return null;
    this.camera.reveal(this.boxOf(note));
    this.tabStop = id;
    this.draw();
    return this.views.get(id)?.element ?? null;
  }

  // -- drawing

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      this.draw();
    });
  }

  private read(): void {
    for (const id of this.stale) {
      const note = this.model.note(id);
      if (note === null) {
        this.notes.delete(id);
        this.heights.delete(id);
      } else {
        this.notes.set(id, note);
      }
    }
    if (this.tabStop === null || !this.notes.has(this.tabStop)) {
      this.tabStop = inReadingOrder(this.notes.values())[0]?.id ?? null;
    }
  }

  private draw(): void {
    this.read();
    this.drawGround();
    const seen = this.camera.visible(CULL_MARGIN_PX);
    const focused = document.activeElement;
    for (const [id, view] of this.views) {
      const note = this.notes.get(id);
      const isKept = note !== undefined && (this.isNear(note, seen) || view.element.contains(focused));
      if (!isKept) {
        if (note !== undefined) this.heights.set(id, view.element.offsetHeight);
        view.element.remove();
        this.views.delete(id);
      }
    }
    for (const note of this.notes.values()) {
      const known = this.views.get(note.id);
      if (known === undefined && !this.isNear(note, seen)) continue;
      const view = known ?? this.mount(note.id);
      const at = this.previews.get(note.id) ?? note;
      if (known === undefined || this.stale.has(note.id) || this.previews.has(note.id)) this.drawNote(view, note, at);
      const tabIndex = note.id === this.tabStop ? 0 : -1;
      if (view.element.tabIndex !== tabIndex) view.element.tabIndex = tabIndex;
    }
    this.stale.clear();
  }

  private drawGround(): void {
    const { x, y, k } = this.camera.view;
    this.layer.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
    this.layer.classList.toggle("far", k < FAR_ZOOM);
    let grid = GRID_PX * k;
    while (grid < GRID_PX / 2) grid *= 2;
    this.canvas.style.backgroundSize = `${grid}px ${grid}px`;
    this.canvas.style.backgroundPosition = `${x}px ${y}px`;
  }

  private drawNote(view: NoteView, note: Note, at: Place): void {
    const marks = {
      isSelected: this.state.isSelected(note.id),
      isEditing: this.state.isEditing(note.id),
      writer: this.state.writerOf(note.id),
    };
    view.update(note, marks, at.x, at.y);
  }

  private mount(id: string): NoteView {
    const view = new NoteView(id, this.context);
    this.views.set(id, view);
    this.layer.append(view.element);
    return view;
  }

  private isNear(note: Note, seen: Box): boolean {
    if (note.id === this.tabStop || this.state.isEditing(note.id)) return true;
    const at = this.previews.get(note.id) ?? note;
    return overlaps({ x: at.x, y: at.y, w: note.w, h: Math.max(note.h, this.heights.get(note.id) ?? NOTE_HEIGHT) }, seen);
  }
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
