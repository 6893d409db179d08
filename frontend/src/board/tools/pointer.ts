// Mouse, pen and finger on the canvas: selecting, dragging, the marquee, new notes.
import type { BoardModel } from "../model/board-model.js";
import type { Place } from "../model/operations.js";
import type { Camera } from "../render/camera.js";
import type { World } from "../render/world.js";
import type { BoardState } from "../state.js";
import type { Commands } from "./commands.js";

const DRAG_PX = { mouse: 4, pen: 6, touch: 8 };
const WRITE_EVERY_MS = 50;
// Many notes at once make large updates, and the server bounds what one person sends.
const WRITE_PER_NOTE_MS = 1;

interface Press {
  readonly pointer: number;
  readonly id: string | null;
  readonly wasSelected: boolean;
  readonly isTouch: boolean;
  readonly startX: number;
  readonly startY: number;
  readonly slack: number;
  mode: "waiting" | "dragging" | "marquee";
  origins: Map<string, Place>;
  places: Map<string, Place>;
  writtenAt: number;
}

export class PointerTool {
  private press: Press | null = null;

  constructor(
    private readonly canvas: HTMLElement,
    private readonly marquee: HTMLElement,
    private readonly model: BoardModel,
    private readonly state: BoardState,
    private readonly camera: Camera,
    private readonly world: World,
    private readonly commands: Commands,
  ) {
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.moved(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", () => this.cancel());
    canvas.addEventListener("dblclick", (event) => this.doubleClick(event));
    canvas.addEventListener("touchend", (event) => {
      // The mouse press that browsers make up after a tap would land on whatever the view has moved there.
      if (!isControl(event.target) && event.cancelable) event.preventDefault();
    });
  }

  get isPressed(): boolean {
    return this.press !== null;
  }

  /** Whether a press here moves the view; the camera asks. */
  static pans(event: MouseEvent | TouchEvent, state: BoardState): boolean {
    if (isControl(event.target)) return false;
    if (event instanceof MouseEvent) {
      return event.button === 1 || (event.button === 0 && (state.tool.value === "hand" || state.isSpaceHeld.value));
    }
    return event.touches.length > 1 || state.tool.value === "hand" || (state.tool.value === "select" && noteAt(event.target) === null);
  }

  /** Give up a drag: the notes go back to where they were. */
  cancel(): void {
    const press = this.press;
    this.press = null;
    this.marquee.hidden = true;
    if (press?.mode !== "dragging") return;
    this.commands.place(press.origins);
    this.endDrag();
  }

  private down(event: PointerEvent): void {
    if (isControl(event.target)) return;
    if (this.press !== null) {
      // A second finger means the view, not the note.
      this.cancel();
      return;
    }
    const id = noteAt(event.target);
    if (this.state.editing.value !== null && id !== this.state.editing.value) this.commands.stopEditing(false);
    if (event.button !== 0 || this.state.tool.value === "hand" || this.state.isSpaceHeld.value) return;
    const wasSelected = id !== null && this.state.selection.value.has(id);
    this.press = {
      pointer: event.pointerId,
      id,
      wasSelected,
      isTouch: event.pointerType === "touch",
      startX: event.clientX,
      startY: event.clientY,
      slack: DRAG_PX[event.pointerType === "touch" ? "touch" : event.pointerType === "pen" ? "pen" : "mouse"],
      mode: "waiting",
      origins: new Map(),
      places: new Map(),
      writtenAt: 0,
    };
    if (id !== null && this.state.tool.value === "select") this.pressNote(event, id, wasSelected);
  }

  private pressNote(event: PointerEvent, id: string, wasSelected: boolean): void {
    if (event.shiftKey) this.commands.toggle(id);
    else if (!wasSelected) this.commands.select([id]);
  }

  private moved(event: PointerEvent): void {
    const press = this.press;
    if (press === null || event.pointerId !== press.pointer) return;
    const dx = event.clientX - press.startX;
    const dy = event.clientY - press.startY;
    if (press.mode === "waiting" && Math.hypot(dx, dy) > press.slack) this.begin(press, event);
    if (press.mode === "dragging") this.drag(press, dx / this.camera.view.k, dy / this.camera.view.k);
    if (press.mode === "marquee") this.drawMarquee(press, event);
  }

  private begin(press: Press, event: PointerEvent): void {
    if (this.state.tool.value === "note") return;
    if (press.id === null) {
      if (press.isTouch) this.press = null;
      else press.mode = "marquee";
    } else if (this.state.mayWrite.value) {
      press.mode = "dragging";
      this.model.beginGesture();
      if (event.altKey) this.commands.duplicate(0);
      press.origins = new Map(this.commands.selected().map((note) => [note.id, { x: note.x, y: note.y }]));
    }
    if (this.press !== null) this.canvas.setPointerCapture(press.pointer);
  }

  private drag(press: Press, dx: number, dy: number): void {
    press.places = new Map([...press.origins].map(([id, at]) => [id, { x: at.x + dx, y: at.y + dy }]));
    this.world.preview(press.places);
    const now = performance.now();
    if (now - press.writtenAt < Math.max(WRITE_EVERY_MS, press.places.size * WRITE_PER_NOTE_MS)) return;
    press.writtenAt = now;
    this.commands.place(press.places);
  }

  private endDrag(): void {
    this.world.preview(new Map());
    this.world.refresh();
    this.model.endGesture();
  }

  private drawMarquee(press: Press, event: PointerEvent): void {
    const rect = this.canvas.getBoundingClientRect();
    const left = Math.min(press.startX, event.clientX);
    const top = Math.min(press.startY, event.clientY);
    const width = Math.abs(event.clientX - press.startX);
    const height = Math.abs(event.clientY - press.startY);
    this.marquee.hidden = false;
    Object.assign(this.marquee.style, {
      transform: `translate(${left - rect.left}px, ${top - rect.top}px)`,
      width: `${width}px`,
      height: `${height}px`,
    });
    const corner = this.camera.toWorld(left, top);
    const { k } = this.camera.view;
    const inside = this.world.within({ ...corner, w: width / k, h: height / k }).map((note) => note.id);
    this.commands.select(event.shiftKey ? [...this.state.selection.value, ...inside] : inside);
  }

  private up(event: PointerEvent): void {
    const press = this.press;
    if (press === null || event.pointerId !== press.pointer) return;
    this.press = null;
    this.marquee.hidden = true;
    if (press.mode === "dragging") {
      this.commands.place(press.places);
      this.endDrag();
    } else if (press.mode === "waiting") {
      this.clicked(press, event);
    }
  }

  private clicked(press: Press, event: PointerEvent): void {
    if (this.state.tool.value === "note") {
      this.commands.newNote(this.camera.toWorld(event.clientX, event.clientY));
    } else if (press.id === null) {
      if (!event.shiftKey) this.commands.select([]);
    } else if (press.id !== this.state.editing.value && !event.shiftKey) {
      // A finger has no double click that comes easily: the second tap writes.
      if (press.isTouch && press.wasSelected) {
        this.commands.edit(press.id);
      } else {
        this.commands.select([press.id]);
        this.commands.focus(press.id);
      }
    }
  }

  private doubleClick(event: MouseEvent): void {
    if (isControl(event.target) || this.state.tool.value !== "select") return;
    const id = noteAt(event.target);
    if (id === null) this.commands.newNote(this.camera.toWorld(event.clientX, event.clientY));
    else this.commands.edit(id);
  }
}

/** The note that an event happened on. */
export function noteAt(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest<HTMLElement>("[data-note]")?.dataset["note"] ?? null) : null;
}

/** Whether an event belongs to a field or button that stands over the canvas. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("textarea, button, a, input, [data-control]") !== null;
}
