import { describe, expect, it } from "vitest";
import { decode, encodeCursor, encodeSync, SYNC_STEP_1, SYNC_UPDATE } from "../../src/board/sync/wire.js";

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;
const event = (value: unknown): ArrayBuffer => bytes(102, ...new TextEncoder().encode(JSON.stringify(value)));

describe("the wire", () => {
  it("frames sync messages as y-websocket does", () => {
    expect([...encodeSync(SYNC_STEP_1, new Uint8Array([0]))]).toEqual([0, 0, 1, 0]);
    expect(decode(encodeSync(SYNC_UPDATE, new Uint8Array([7, 8])).buffer)).toEqual({ kind: "update", update: new Uint8Array([7, 8]) });
    expect(decode(bytes(0, 1, 1, 9))).toEqual({ kind: "step2", update: new Uint8Array([9]) });
    expect(decode(bytes(0, 0, 1, 0))).toEqual({ kind: "step1", vector: new Uint8Array([0]) });
  });

  it("packs a cursor into five bytes, four pixels exact, and stops at the edge", () => {
    expect([...encodeCursor(0, -8)]).toEqual([100, 0x80, 0x00, 0x7f, 0xfe]);
    expect([...encodeCursor(1e9, -1e9)]).toEqual([100, 0xff, 0xff, 0, 0]);
    expect(decode(bytes(100, 0, 7, 0x80, 0, 0x7f, 0xfe, 0, 8, 0x80, 1, 0x80, 2))).toEqual({
      kind: "cursors",
      moves: [{ cursor: 7, x: 0, y: -8 }, { cursor: 8, x: 4, y: 8 }],
    });
  });

  it("reads what is saved and what is refused", () => {
    expect(decode(bytes(101, 0x80, 0x01, 3))).toEqual({ kind: "saved", sequence: 128, count: 3 });
    expect(decode(bytes(103, 2, 2, 0, 0))).toEqual({ kind: "rejected", code: 2, state: new Uint8Array([0, 0]) });
  });

  it("reads the board's events, and passes over those of later versions", () => {
    expect(decode(event({ v: 1, type: "locked", isLocked: true }))).toEqual({ kind: "event", event: { v: 1, type: "locked", isLocked: true } });
    expect(decode(event({ v: 2, type: "locked", isLocked: true }))).toEqual({ kind: "unknown" });
    expect(decode(event({ v: 1, type: "fireworks" }))).toEqual({ kind: "unknown" });
    expect(decode(bytes(77, 1, 2))).toEqual({ kind: "unknown" });
  });
});
