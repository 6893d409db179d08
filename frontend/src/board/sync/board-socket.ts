// One board's connection: keeps the document and the server alike, and knows which of our edits are on disk.
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import * as Y from "yjs";
import type { BoardModel } from "../model/board-model.js";
import type { CursorMove } from "../model/people.js";
import { SYNC_STEP_1, SYNC_STEP_2, SYNC_UPDATE, decode, encodeAwareness, encodeCursor, encodeSync } from "./wire.js";
import type { BoardEvent, Incoming } from "./wire.js";

/** connecting: not yet; online: the board is up to date; offline: waiting to try again; removed: never again. */
export type Link = "connecting" | "online" | "offline" | "removed";

export interface SocketListener {
  link(link: Link): void;
  /** Whether something of ours is not known to be on disk. */
  unsaved(isUnsaved: boolean): void;
  event(event: BoardEvent): void;
  cursors(moves: readonly CursorMove[]): void;
  rejected(code: number): void;
  awareness(states: ReadonlyMap<number, Readonly<Record<string, unknown>>>, ownClient: number): void;
}

const REMOVED = 4401;
const RETRY_MS = { first: 300, factor: 1.7, most: 10_000 };
// The server sends a heartbeat every 20 s.
const SILENCE_MAX_MS = 45_000;
const WORD_MAX_MS = 15_000;
const WATCH_MS = 5_000;
const CURSOR_MS = 100;

export class BoardSocket {
  private socket: WebSocket | null = null;
  private awareness: Awareness;
  private localState: Record<string, unknown> = {};
  private link: Link = "connecting";
  private attempts = 0;
  private retryTimer = 0;
  private lastHeardAt = 0;
  private waitingSince = 0;
  /** The server has told us what it holds, and we have answered with what it lacks. */
  private hasAnswered = false;
  private sentCount = 0;
  private savedCount = 0;
  /** Something was written that no message carries yet, or whose message may be lost. */
  private isDirty = false;
  private lastUnsaved = false;
  private nextCursor: { x: number; y: number } | null = null;
  private cursorTimer = 0;

  constructor(
    private readonly url: string,
    private readonly model: BoardModel,
    private readonly listener: SocketListener,
  ) {
    this.awareness = this.bind();
    this.model.onReplace(() => {
      // The old awareness ended with its document.
      this.awareness = this.bind();
      this.sentCount = this.savedCount = 0;
      this.isDirty = false;
    });
  }

  get isUnsaved(): boolean {
    return this.isDirty || this.sentCount > this.savedCount;
  }

  start(): void {
    this.connect();
    window.setInterval(() => this.watch(), WATCH_MS);
    window.addEventListener("online", () => this.connectNow());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.connectNow();
    });
  }

  /** Tell others something about ourselves ("which note I am writing on"). */
  setLocalState(state: Record<string, unknown>): void {
    this.localState = state;
    this.awareness.setLocalState(state);
  }

  /** Tell others where we point; at most ten times a second. */
  point(x: number, y: number): void {
    this.nextCursor = { x, y };
    if (this.cursorTimer !== 0) return;
    this.sendCursor();
    this.cursorTimer = window.setInterval(() => {
      if (this.nextCursor === null) {
        window.clearInterval(this.cursorTimer);
        this.cursorTimer = 0;
      } else {
        this.sendCursor();
      }
    }, CURSOR_MS);
  }

  private sendCursor(): void {
    const cursor = this.nextCursor;
    this.nextCursor = null;
    if (cursor !== null && this.link === "online") this.send(encodeCursor(cursor.x, cursor.y));
  }

  // -- the document at hand

  private bind(): Awareness {
    const { doc } = this.model;
    const awareness = new Awareness(doc);
    awareness.setLocalState(this.localState);
    awareness.on("update", (change: { added: number[]; updated: number[]; removed: number[] }, origin: unknown) => {
      const ours = [...change.added, ...change.updated, ...change.removed].includes(doc.clientID);
      if (origin === "local" && ours) this.sendAwareness();
    });
    awareness.on("change", () => this.tellAwareness());
    doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === this || this.model.doc !== doc) return;
      if (this.hasAnswered) this.sendEdit(SYNC_UPDATE, update);
      else this.isDirty = true;
      this.tellUnsaved();
    });
    return awareness;
  }

  private tellAwareness(): void {
    this.listener.awareness(this.awareness.getStates(), this.model.doc.clientID);
  }

  private tellUnsaved(): void {
    if (this.isUnsaved !== this.lastUnsaved) {
      this.lastUnsaved = this.isUnsaved;
      this.listener.unsaved(this.isUnsaved);
    }
  }

  // -- connecting

  private connect(): void {
    window.clearTimeout(this.retryTimer);
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.addEventListener("open", () => this.opened());
    socket.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (this.socket === socket && event.data instanceof ArrayBuffer) this.receive(event.data);
    });
    socket.addEventListener("close", (event) => {
      if (this.socket === socket) this.closed(event.code);
    });
    this.lastHeardAt = performance.now();
  }

  private connectNow(): void {
    const isSilent = performance.now() - this.lastHeardAt > SILENCE_MAX_MS;
    if (this.link === "removed" || (this.socket !== null && !isSilent)) return;
    this.attempts = 0;
    this.drop();
    this.connect();
  }

  private opened(): void {
    this.lastHeardAt = performance.now();
    this.sentCount = this.savedCount = 0;
    // Our client id is bound to us by the first awareness, so that goes before any edit.
    this.awareness.setLocalState(this.localState);
    this.send(encodeSync(SYNC_STEP_1, Y.encodeStateVector(this.model.doc)));
  }

  private closed(code: number): void {
    this.drop();
    this.setLink(code === REMOVED ? "removed" : "offline");
    if (this.link === "removed") return;
    const wait = Math.min(RETRY_MS.most, RETRY_MS.first * RETRY_MS.factor ** this.attempts);
    this.attempts += 1;
    // Everybody loses a restarted server at once; they need not all return at once.
    this.retryTimer = window.setTimeout(() => this.connect(), wait * (0.7 + Math.random() * 0.6));
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.hasAnswered = false;
    // What was sent and not confirmed may be lost; the next step 2 carries it again if it is.
    this.isDirty = this.isUnsaved;
    this.sentCount = this.savedCount = 0;
    const others = [...this.awareness.getStates().keys()].filter((client) => client !== this.model.doc.clientID);
    removeAwarenessStates(this.awareness, others, this);
    this.tellUnsaved();
  }

  private watch(): void {
    if (this.socket === null) return;
    const now = performance.now();
    const waits = this.sentCount > this.savedCount && this.waitingSince > 0 ? now - this.waitingSince : 0;
    if (now - this.lastHeardAt > SILENCE_MAX_MS || waits > WORD_MAX_MS) this.closed(0);
  }

  private setLink(link: Link): void {
    if (link !== this.link) {
      this.link = link;
      this.listener.link(link);
    }
  }

  // -- messages

  private send(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(bytes);
  }

  private sendAwareness(): void {
    this.send(encodeAwareness(encodeAwarenessUpdate(this.awareness, [this.awareness.clientID])));
  }

  private sendEdit(kind: number, update: Uint8Array): void {
    if (this.sentCount === this.savedCount) this.waitingSince = performance.now();
    this.sentCount += 1;
    this.send(encodeSync(kind, update));
  }

  private receive(data: ArrayBuffer): void {
    this.lastHeardAt = performance.now();
    const message = decode(data);
    if (message.kind === "step2" || message.kind === "update") {
      Y.applyUpdate(this.model.doc, message.update, this);
      if (message.kind === "step2") this.arrived();
    } else {
      this.receiveOther(message);
    }
    this.tellUnsaved();
  }

  private arrived(): void {
    this.attempts = 0;
    this.setLink("online");
  }

  private receiveOther(message: Incoming): void {
    switch (message.kind) {
      case "step1":
        this.sendEdit(SYNC_STEP_2, Y.encodeStateAsUpdate(this.model.doc, message.vector));
        this.hasAnswered = true;
        this.isDirty = false;
        break;
      case "awareness":
        applyAwarenessUpdate(this.awareness, message.update, this);
        break;
      case "cursors":
        this.listener.cursors(message.moves);
        break;
      case "saved":
        this.savedCount = message.count;
        this.waitingSince = performance.now();
        break;
      case "event":
        this.listener.event(message.event);
        break;
      case "rejected":
        this.restart(message.code, message.state);
        break;
      default:
    }
  }

  /** A change of ours was refused: begin anew from the server's state, and say why. */
  private restart(code: number, state: Uint8Array): void {
    this.model.replace(state);
    this.hasAnswered = true;
    this.sendAwareness();
    this.send(encodeSync(SYNC_STEP_1, Y.encodeStateVector(this.model.doc)));
    this.listener.rejected(code);
  }
}
