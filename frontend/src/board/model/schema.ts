// The document as docs/board-protocol.md states it. Any client may write anything: readers skip what does not fit.
import * as Y from "yjs";

export const COLOURS = ["sun", "apricot", "rose", "lilac", "sky", "aqua", "leaf", "stone"] as const;
export type Colour = (typeof COLOURS)[number];

export const NOTE_WIDTH = 168;
export const NOTE_HEIGHT = 112;
/** Places beyond this are nobody's intention, and no cursor reaches them. */
const PLACE_MAX = 130_000;
const SIZE_MAX = 4_000;
/** The server keeps no longer ids: what is shown can be hidden and reported. */
const ID_MAX = 60;

export type NoteFields = Y.Map<unknown>;

/** A sticky note as it stands; world pixels, `h` is the least height. */
export interface Note {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly colour: Colour;
  readonly author: string | null;
}

export function isColour(value: unknown): value is Colour {
  return COLOURS.some((colour) => colour === value);
}

/** The shared map of notes by id. */
export function notesOf(doc: Y.Doc): Y.Map<NoteFields> {
  return doc.getMap<NoteFields>("notes");
}

/** Keep a place on the board. */
export function withinBoard(value: number): number {
  return Math.max(-PLACE_MAX, Math.min(PLACE_MAX, Math.round(value)));
}

function place(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? withinBoard(value) : null;
}

function size(value: unknown, least: number): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.max(least, Math.min(SIZE_MAX, value)) : least;
}

/** Read a note, or null when it does not fit the schema. */
export function readNote(doc: Y.Doc, id: string): Note | null {
  const fields: unknown = notesOf(doc).get(id);
  if (!(fields instanceof Y.Map) || id.length > ID_MAX || id.includes("\0")) return null;
  const text: unknown = fields.get("text");
  const x = place(fields.get("x"));
  const y = place(fields.get("y"));
  if (!(text instanceof Y.Text) || x === null || y === null) return null;
  const colour: unknown = fields.get("colour");
  const author: unknown = fields.get("author");
  return {
    id,
    text: text.toString(),
    x,
    y,
    w: size(fields.get("w"), NOTE_WIDTH),
    h: size(fields.get("h"), NOTE_HEIGHT),
    colour: isColour(colour) ? colour : "sun",
    author: typeof author === "string" ? author : null,
  };
}

/** The shared text of a note, or null. */
export function textOf(doc: Y.Doc, id: string): Y.Text | null {
  const fields: unknown = notesOf(doc).get(id);
  const text: unknown = fields instanceof Y.Map ? fields.get("text") : null;
  return text instanceof Y.Text ? text : null;
}

/** Order notes as one reads a wall: rows from top to bottom, each from left to right. */
export function inReadingOrder<T extends { readonly id: string; readonly x: number; readonly y: number }>(notes: Iterable<T>): T[] {
  return [...notes].sort((a, b) => a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1));
}
