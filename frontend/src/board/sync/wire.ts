// Messages of docs/board-protocol.md, to bytes and back.
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { CursorMove, Person } from "../model/people.js";

const SYNC = 0;
const AWARENESS = 1;
const CURSOR = 100;
const SAVED = 101;
const EVENT = 102;
const REJECTED = 103;

export const SYNC_STEP_1 = 0;
export const SYNC_STEP_2 = 1;
export const SYNC_UPDATE = 2;

/** What happens on the board beside its document; the server's word. */
export type BoardEvent =
  | { readonly type: "welcome"; readonly you: Person; readonly people: readonly Person[]; readonly isLocked: boolean; readonly mayEdit: boolean; readonly mayModerate: boolean }
  | { readonly type: "joined"; readonly person: Person }
  | { readonly type: "left"; readonly cursor: number }
  | { readonly type: "locked"; readonly isLocked: boolean };

export type Incoming =
  | { readonly kind: "step1"; readonly vector: Uint8Array }
  | { readonly kind: "step2" | "update"; readonly update: Uint8Array }
  | { readonly kind: "awareness"; readonly update: Uint8Array }
  | { readonly kind: "cursors"; readonly moves: readonly CursorMove[] }
  | { readonly kind: "saved"; readonly sequence: number; readonly count: number }
  | { readonly kind: "event"; readonly event: BoardEvent }
  | { readonly kind: "rejected"; readonly code: number; readonly state: Uint8Array }
  | { readonly kind: "unknown" };

const UNKNOWN: Incoming = { kind: "unknown" };
const EVENT_TYPES: ReadonlySet<string> = new Set<BoardEvent["type"]>(["welcome", "joined", "left", "locked"]);

export function encodeSync(kind: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  return message((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

export function encodeAwareness(update: Uint8Array): Uint8Array<ArrayBuffer> {
  return message((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, update);
  });
}

const STEP_PX = 4;
const MIDDLE = 32_768;
const pack = (value: number): number => Math.max(0, Math.min(65_535, Math.round(value / STEP_PX) + MIDDLE));
const unpack = (value: number): number => (value - MIDDLE) * STEP_PX;

/** Where one points, in world pixels. */
export function encodeCursor(x: number, y: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(5);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, CURSOR);
  view.setUint16(1, pack(x));
  view.setUint16(3, pack(y));
  return bytes;
}

function message(write: (encoder: encoding.Encoder) => void): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  write(encoder);
  return new Uint8Array(encoding.toUint8Array(encoder));
}

/** Read one message; what this client does not know is "unknown". */
export function decode(data: ArrayBuffer): Incoming {
  const bytes = new Uint8Array(data);
  const decoder = decoding.createDecoder(bytes);
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      return decodeSync(decoder);
    case AWARENESS:
      return { kind: "awareness", update: decoding.readVarUint8Array(decoder) };
    case CURSOR:
      return { kind: "cursors", moves: decodeCursors(bytes) };
    case SAVED:
      return { kind: "saved", sequence: decoding.readVarUint(decoder), count: decoding.readVarUint(decoder) };
    case EVENT:
      return decodeEvent(new TextDecoder().decode(bytes.subarray(1)));
    case REJECTED:
      return { kind: "rejected", code: decoding.readVarUint(decoder), state: decoding.readVarUint8Array(decoder) };
    default:
      return UNKNOWN;
  }
}

function decodeSync(decoder: decoding.Decoder): Incoming {
  const kind = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (kind === SYNC_STEP_1) return { kind: "step1", vector: payload };
  if (kind === SYNC_STEP_2) return { kind: "step2", update: payload };
  return kind === SYNC_UPDATE ? { kind: "update", update: payload } : UNKNOWN;
}

function decodeCursors(bytes: Uint8Array): CursorMove[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const moves: CursorMove[] = [];
  for (let at = 1; at + 6 <= bytes.length; at += 6) {
    moves.push({ cursor: view.getUint16(at), x: unpack(view.getUint16(at + 2)), y: unpack(view.getUint16(at + 4)) });
  }
  return moves;
}

function decodeEvent(json: string): Incoming {
  const value = JSON.parse(json) as { v?: unknown; type?: unknown };
  if (value.v !== 1 || typeof value.type !== "string" || !EVENT_TYPES.has(value.type)) return UNKNOWN;
  return { kind: "event", event: value as BoardEvent };
}
