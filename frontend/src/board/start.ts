// Puts the board together: document, connection, picture, tools and panels.
import { effect } from "@preact/signals";
import { findPart } from "../lib/dom.js";
import { Directory } from "./directory.js";
import { BoardModel } from "./model/board-model.js";
import { Camera } from "./render/camera.js";
import { NoteEditor } from "./render/note-editor.js";
import { Peers } from "./render/peers.js";
import { World } from "./render/world.js";
import { Session } from "./session.js";
import { makeState } from "./state.js";
import type { BoardData, BoardState } from "./state.js";
import { BoardSocket } from "./sync/board-socket.js";
import { Commands } from "./tools/commands.js";
import { Keyboard } from "./tools/keyboard.js";
import { PointerTool, noteAt } from "./tools/pointer.js";
import { News } from "./ui/news.js";
import { mountPanels } from "./ui/panels.js";

function part(name: string): HTMLElement {
  const element = document.getElementById(name === "" ? "board" : `board-${name}`);
  if (element === null) throw new Error(`the page has no part ${name}`);
  return element;
}

export function startBoard(data: BoardData): void {
  const canvas = document.getElementById("main");
  if (canvas === null) throw new Error("the page has no canvas");
  const state = makeState(data);
  const model = new BoardModel();
  const directory = new Directory(data);
  const camera = new Camera(canvas, (event) => PointerTool.pans(event, state));
  const context = {
    words: data.words,
    colourLabel: (key: string) => data.colours.find((colour) => colour.key === key)?.label ?? key,
    authorName: (principal: string | null) => directory.nameOf(principal),
  };
  const world = new World(part("world"), canvas, camera, model, context, {
    isSelected: (id) => state.selection.value.has(id),
    isEditing: (id) => state.editing.value === id,
    writerOf: (id) => state.writers.value.get(id) ?? null,
  });
  const commands = new Commands(data, model, state, camera, world, canvas);
  const pointer = new PointerTool(canvas, part("marquee"), model, state, camera, world, commands);
  new Keyboard(part(""), canvas, state, camera, commands, pointer);
  const peers = new Peers(part("peers"), camera, (cursor) => directory.at(cursor));
  const session = new Session(data, state, directory, world, peers, commands);
  const address = new URL(data.syncPath, window.location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.searchParams.set("extras", "1");
  const socket = new BoardSocket(address.href, model, session);

  watchNotes(model, state, data);
  watchSelf(state, socket, camera, canvas, pointer, commands, data.you);
  watchEditing(state, model, world, commands, data.words);
  paint(state, canvas, world);
  mountPanels({ data, state, commands, camera, world }, part);
  window.addEventListener("beforeunload", (event) => {
    if (state.isUnsaved.value) event.preventDefault();
  });
  commands.open();
  socket.start();
}

/** Keep selection, undo buttons and announcements in step with the document. */
function watchNotes(model: BoardModel, state: BoardState, data: BoardData): void {
  const news = new News(data.words, (sentence) => {
    state.announcement.value = sentence;
  });
  model.onChange((changes) => {
    const gone = [...state.selection.value].filter((id) => changes.deleted.has(id));
    if (gone.length > 0) state.selection.value = new Set([...state.selection.value].filter((id) => !changes.deleted.has(id)));
    if (state.editing.value !== null && changes.deleted.has(state.editing.value)) state.editing.value = null;
    state.revision.value += 1;
    if (state.link.value === "online") news.note(changes);
  });
  model.onReplace(() => {
    state.editing.value = null;
    state.selection.value = new Set([...state.selection.value].filter((id) => model.note(id) !== null));
  });
  model.onUndoState(() => {
    state.canUndo.value = model.canUndo;
    state.canRedo.value = model.canRedo;
  });
}

/** Tell others where we are; follow the view and the focus. */
function watchSelf(
  state: BoardState, socket: BoardSocket, camera: Camera, canvas: HTMLElement, pointer: PointerTool, commands: Commands, you: string,
): void {
  effect(() => socket.setLocalState({ id: you, editing: state.editing.value }));
  canvas.addEventListener("pointermove", (event) => {
    const at = camera.toWorld(event.clientX, event.clientY);
    socket.point(at.x, at.y);
  });
  camera.onMove(() => {
    state.zoom.value = camera.view.k;
  });
  canvas.addEventListener("focusin", (event) => {
    const id = noteAt(event.target);
    if (id !== null && !pointer.isPressed && !state.selection.value.has(id)) commands.select([id]);
  });
}

/** Put a textarea over the note that is being written on. */
function watchEditing(
  state: BoardState, model: BoardModel, world: World, commands: Commands, words: Readonly<Record<string, string>>,
): void {
  let editor: NoteEditor | null = null;
  effect(() => {
    const id = state.editing.value;
    if (editor?.id === id) return;
    editor?.destroy();
    editor = null;
    const host = id === null ? null : world.show(id);
    if (id === null || host === null) return;
    editor = new NoteEditor(model, id, host, { label: words["noteText"] ?? "", hint: words["writeHere"] ?? "" }, () => {
      if (state.editing.value === id) commands.stopEditing(false);
    });
  });
}

/** Draw again what selection, writing and tools change. */
function paint(state: BoardState, canvas: HTMLElement, world: World): void {
  let before: ReadonlySet<string> = new Set();
  effect(() => {
    const now = new Set([...state.selection.value, ...state.writers.value.keys(), state.editing.value ?? ""]);
    world.touch(new Set([...before, ...now]));
    before = now;
  });
  effect(() => {
    canvas.classList.toggle("may-pan", state.tool.value === "hand" || state.isSpaceHeld.value);
    canvas.classList.toggle("may-place", state.tool.value === "note");
  });
  const form = findPart<HTMLFormElement>(document, "lock-form");
  const label = findPart(document, "lock-label");
  effect(() => {
    const next = state.isLocked.value ? "unlock" : "lock";
    if (form !== null) form.action = form.dataset[next] ?? "";
    if (label !== null) label.textContent = label.dataset[next] ?? "";
  });
  const live = part("live");
  effect(() => {
    live.textContent = state.announcement.value;
  });
}
