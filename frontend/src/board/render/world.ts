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

const MOUNT_MARGIN_PX = 300;
const UNMOUNT_MARGIN_PX = 600;
const MOUNTED_PER_FRAME = 100;
const FAR_ZOOM = 0.35;
const GRID_PX = 24;
const REST_MS = 200;

export class World {
  private readonly notes = new Map<string, Note>();
  private readonly views = new Map<string, NoteView>();
  private readonly heights = new Map<string, number>();
  private readonly stale = new Set<string>();
  private previews: ReadonlyMap<string, Place> = new Map();
  private isScheduled = false;
  private restTimer = 0;
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
    camera.onMove(() => this.move());
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
    if (!this.views.has(id)) this.drawNote(this.mount(id), note, note);
    return this.views.get(id)?.element ?? null;
  }

  // -- drawing

  /** While the view moves the layer is moved as a picture; it is drawn sharp when it rests. */
  private move(): void {
    this.layer.classList.add("is-moving");
    window.clearTimeout(this.restTimer);
    this.restTimer = window.setTimeout(() => this.layer.classList.remove("is-moving"), REST_MS);
    this.schedule();
  }

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
    this.unmountFar();
    const seen = this.camera.visible(MOUNT_MARGIN_PX);
    let room = MOUNTED_PER_FRAME;
    for (const note of this.notes.values()) {
      const known = this.views.get(note.id);
      if (known === undefined && !this.isNear(note, seen)) continue;
      // A thousand new elements at once would hold the view still for half a second.
      if (known === undefined && room === 0) {
        this.schedule();
        continue;
      }
      if (known === undefined) room -= 1;
      const view = known ?? this.mount(note.id);
      const at = this.previews.get(note.id) ?? note;
      if (known === undefined || this.stale.has(note.id) || this.previews.has(note.id)) this.drawNote(view, note, at);
      const tabIndex = note.id === this.tabStop ? 0 : -1;
      if (view.element.tabIndex !== tabIndex) view.element.tabIndex = tabIndex;
    }
    this.stale.clear();
  }

  /** Take away what is far out of view or gone; heights are read first, for each read after a change costs a layout. */
  private unmountFar(): void {
    const kept = this.camera.visible(UNMOUNT_MARGIN_PX);
    const focused = document.activeElement;
    const leaving = [...this.views].filter(([id, view]) => {
      const note = this.notes.get(id);
      return note === undefined || !(this.isNear(note, kept) || view.element.contains(focused));
    });
    for (const [id, view] of leaving) {
      if (this.notes.has(id)) this.heights.set(id, view.element.offsetHeight);
    }
    for (const [id, view] of leaving) {
      view.element.remove();
      this.views.delete(id);
    }
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
