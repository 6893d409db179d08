// Notes on the clipboard: as text that any program reads, and as themselves for Cojam.
import { NOTE_HEIGHT, NOTE_WIDTH, inReadingOrder, isColour, withinBoard } from "./schema.js";
import type { Colour, Note } from "./schema.js";
import type { NoteDraft, Place } from "./operations.js";

export const CLIPBOARD_TYPE = "application/x-cojam-notes";
const PASTED_MAX = 500;
const GAP = 24;

/** What Ctrl+C puts on the clipboard. */
export function copied(notes: readonly Note[]): { text: string; json: string } {
  const ordered = inReadingOrder(notes);
  return {
    text: ordered.map((note) => note.text).join("\n"),
    json: JSON.stringify(ordered.map(({ text, x, y, w, h, colour }) => ({ text, x, y, w, h, colour }))),
  };
}

/** Notes from the clipboard, laid out as they were with their middle at `at`; empty when it holds none. */
export function pastedNotes(json: string, at: Place): NoteDraft[] {
  const drafts = parse(json);
  if (drafts.length === 0) return [];
  const left = Math.min(...drafts.map((draft) => draft.x));
  const top = Math.min(...drafts.map((draft) => draft.y));
  const right = Math.max(...drafts.map((draft) => draft.x + (draft.w ?? NOTE_WIDTH)));
  const bottom = Math.max(...drafts.map((draft) => draft.y + (draft.h ?? NOTE_HEIGHT)));
  const dx = at.x - (left + right) / 2;
  const dy = at.y - (top + bottom) / 2;
  return drafts.map((draft) => ({ ...draft, x: draft.x + dx, y: draft.y + dy }));
}

function parse(json: string): NoteDraft[] {
  let values: unknown;
  try {
    values = JSON.parse(json);
  } catch {
    return [];
  }
  if (!Array.isArray(values)) return [];
  return values.slice(0, PASTED_MAX).flatMap((value: unknown) => {
    if (typeof value !== "object" || value === null) return [];
    const { text, x, y, w, h, colour } = value as Record<string, unknown>;
    if (typeof text !== "string" || typeof x !== "number" || typeof y !== "number") return [];
    const size = {
      ...(typeof w === "number" && w > NOTE_WIDTH ? { w } : {}),
      ...(typeof h === "number" && h > NOTE_HEIGHT ? { h } : {}),
    };
    return [{ text, x: withinBoard(x), y: withinBoard(y), colour: isColour(colour) ? colour : "sun", ...size }];
  });
}

/** A pasted list becomes one note a line, in a square block around `at`. */
export function pastedLines(text: string, at: Place, colour: Colour): NoteDraft[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, "").trim())
    .filter((line) => line !== "")
    .slice(0, PASTED_MAX);
  const columns = Math.ceil(Math.sqrt(lines.length));
  const rows = Math.ceil(lines.length / Math.max(1, columns));
  const stepX = NOTE_WIDTH + GAP;
  const stepY = NOTE_HEIGHT + GAP;
  return lines.map((line, index) => ({
    text: line,
    colour,
    x: at.x - (columns * stepX - GAP) / 2 + (index % columns) * stepX,
    y: at.y - (rows * stepY - GAP) / 2 + Math.floor(index / columns) * stepY,
  }));
}
