// Keys on the board. They work while the board has the focus, never inside another field.
import { CLIPBOARD_TYPE } from "../model/clipboard.js";
import type { Camera } from "../render/camera.js";
import type { BoardState } from "../state.js";
import type { Commands } from "./commands.js";
import { noteAt } from "./pointer.js";
import type { PointerTool } from "./pointer.js";

const NUDGE_PX = 8;
const NUDGE_FAR_PX = 48;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export class Keyboard {
  constructor(
    private readonly board: HTMLElement,
    private readonly canvas: HTMLElement,
    private readonly state: BoardState,
    private readonly camera: Camera,
    private readonly commands: Commands,
    private readonly pointer: PointerTool,
  ) {
    document.addEventListener("keydown", (event) => this.down(event));
    document.addEventListener("keyup", (event) => {
      if (event.code === "Space") state.isSpaceHeld.value = false;
    });
    window.addEventListener("blur", () => {
      state.isSpaceHeld.value = false;
    });
    document.addEventListener("copy", (event) => this.copied(event, false));
    document.addEventListener("cut", (event) => this.copied(event, true));
    document.addEventListener("paste", (event) => this.pasted(event));
  }

  private down(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented || !this.isOnBoard(event.target)) return;
    const isHandled = this.isWriting(event.target)
      ? this.whileWriting(event)
      : !isField(event.target) && (event.ctrlKey || event.metaKey ? this.withControl(event) : this.plain(event));
    if (isHandled) event.preventDefault();
  }

  private whileWriting(event: KeyboardEvent): boolean {
    const id = this.state.editing.value;
    if (id === null) return false;
    if (event.key === "Escape") {
      this.commands.stopEditing(true);
    } else if (event.key === "Tab" && !event.shiftKey) {
      this.commands.stopEditing(false);
      this.commands.newNoteBeside(id);
    } else if (event.key === "Tab") {
      this.commands.stopEditing(true);
    } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      this.commands.stopEditing(true);
    } else if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z") {
      // The field's own undo knows nothing of what others wrote.
      if (event.shiftKey) this.commands.redo();
      else this.commands.undo();
    } else {
      return false;
    }
    return true;
  }

  private withControl(event: KeyboardEvent): boolean {
    if (event.altKey) return false;
    switch (event.key.toLowerCase()) {
      case "z":
        if (event.shiftKey) this.commands.redo();
        else this.commands.undo();
        return true;
      case "y":
        this.commands.redo();
        return true;
      case "a":
        this.commands.selectAll();
        return true;
      case "d":
        this.commands.duplicate();
        return true;
      default:
        return false;
    }
  }

  private plain(event: KeyboardEvent): boolean {
    const isOnButton = event.target instanceof Element && event.target.closest("button, a, summary") !== null;
    if (isOnButton && ["Enter", " ", "Tab", "Escape", "ArrowUp", "ArrowDown"].includes(event.key)) return false;
    if (event.altKey) return false;
    if (event.key === "Tab") return this.tab(event);
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) return this.arrow(arrow, event.shiftKey);
    return event.shiftKey ? this.shifted(event) : this.single(event);
  }

  private tab(event: KeyboardEvent): boolean {
    const from = noteAt(event.target);
    return from !== null && this.commands.focusNeighbour(from, event.shiftKey ? -1 : 1);
  }

  private arrow([dx, dy]: readonly [number, number], isFar: boolean): boolean {
    const step = isFar ? NUDGE_FAR_PX : NUDGE_PX;
    if (this.state.selection.value.size === 0) this.camera.panBy(-dx * NUDGE_FAR_PX, -dy * NUDGE_FAR_PX);
    else this.commands.nudge(dx * step, dy * step);
    return true;
  }

  private shifted(event: KeyboardEvent): boolean {
    if (event.code !== "Digit1") return false;
    this.commands.fit();
    return true;
  }

  private single(event: KeyboardEvent): boolean {
    switch (event.key.toLowerCase()) {
      case "n":
        this.commands.newNote();
        return true;
      case "v":
        this.state.tool.value = "select";
        return true;
      case "h":
        this.state.tool.value = "hand";
        return true;
      case " ":
        this.state.isSpaceHeld.value = true;
        return true;
      case "enter":
        return this.enter(event.target);
      case "delete":
      case "backspace":
        this.commands.delete();
        return true;
      case "escape":
        return this.escape();
      default:
        return false;
    }
  }

  private enter(target: EventTarget | null): boolean {
    const id = noteAt(target) ?? this.commands.selected()[0]?.id ?? null;
    if (id !== null) this.commands.edit(id);
    return id !== null;
  }

  private escape(): boolean {
    this.pointer.cancel();
    this.state.tool.value = "select";
    this.commands.select([]);
    this.canvas.focus({ preventScroll: true });
    return true;
  }

  private copied(event: ClipboardEvent, isCut: boolean): void {
    if (isField(event.target) || !this.isOnBoard(event.target) || event.clipboardData === null) return;
    const content = this.commands.copy();
    if (content === null) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", content.text);
    event.clipboardData.setData(CLIPBOARD_TYPE, content.json);
    if (isCut) this.commands.delete();
  }

  private pasted(event: ClipboardEvent): void {
    if (isField(event.target) || !this.isOnBoard(event.target) || event.clipboardData === null) return;
    event.preventDefault();
    this.commands.paste(event.clipboardData.getData(CLIPBOARD_TYPE), event.clipboardData.getData("text/plain"));
  }

  private isOnBoard(target: EventTarget | null): boolean {
    return target === document.body || (target instanceof Node && this.board.contains(target));
  }

  private isWriting(target: EventTarget | null): boolean {
    return target instanceof HTMLTextAreaElement && noteAt(target) !== null;
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, dialog, [data-control] [role='dialog']") !== null;
}
