// Everything a person can do to the document, each one transaction of our own.
import * as Y from "yjs";
import { notesOf, readNote, textOf, withinBoard } from "./schema.js";
import type { Colour } from "./schema.js";
import type { Replacement } from "./text-diff.js";

/** Marks our own changes: only these are undone by Ctrl+Z. */
export const OWN = "own";
export const TEXT_MAX = 20_000;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What a new note is made of. */
export interface NoteDraft extends Place {
  readonly text: string;
  readonly colour: Colour;
  readonly w?: number;
  readonly h?: number;
}

const ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";

function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(14))].map((byte) => ALPHABET[byte % ALPHABET.length] ?? "2").join("");
}

/** Write notes; returns their ids in the same order. */
export function addNotes(doc: Y.Doc, drafts: readonly NoteDraft[], author: string, now: number): string[] {
  return doc.transact(
    () =>
      drafts.map((draft) => {
        const id = newId();
        const fields = new Y.Map<unknown>();
        fields.set("text", new Y.Text(draft.text.slice(0, TEXT_MAX)));
        fields.set("x", withinBoard(draft.x));
        fields.set("y", withinBoard(draft.y));
        if (draft.w !== undefined) fields.set("w", draft.w);
        if (draft.h !== undefined) fields.set("h", draft.h);
        fields.set("colour", draft.colour);
        fields.set("author", author);
        fields.set("created", now);
        notesOf(doc).set(id, fields);
        return id;
      }),
    OWN,
  );
}

/** Put notes at places. */
export function placeNotes(doc: Y.Doc, places: ReadonlyMap<string, Place>): void {
  doc.transact(() => {
    for (const [id, place] of places) {
      const fields = notesOf(doc).get(id);
      const x = withinBoard(place.x);
      const y = withinBoard(place.y);
      if (!(fields instanceof Y.Map)) continue;
      if (fields.get("x") !== x) fields.set("x", x);
      if (fields.get("y") !== y) fields.set("y", y);
    }
  }, OWN);
}

/** Move notes by a distance. */
export function moveNotes(doc: Y.Doc, ids: Iterable<string>, dx: number, dy: number): void {
  const places = new Map<string, Place>();
  for (const id of ids) {
    const note = readNote(doc, id);
    if (note !== null) places.set(id, { x: note.x + dx, y: note.y + dy });
  }
  placeNotes(doc, places);
}

/** Give notes a colour. */
export function setColour(doc: Y.Doc, ids: Iterable<string>, colour: Colour): void {
  doc.transact(() => {
    for (const id of ids) {
      const fields = notesOf(doc).get(id);
      if (fields instanceof Y.Map && fields.get("colour") !== colour) fields.set("colour", colour);
    }
  }, OWN);
}

/** Take notes off the board; returns how many there were. */
export function deleteNotes(doc: Y.Doc, ids: Iterable<string>): number {
  return doc.transact(() => {
    const notes = notesOf(doc);
    const there = [...ids].filter((id) => notes.has(id));
    for (const id of there) notes.delete(id);
    return there.length;
  }, OWN);
}

/** Replace a part of a note's text. */
export function replaceText(doc: Y.Doc, id: string, change: Replacement): void {
  const shared = textOf(doc, id);
  if (shared === null) return;
  doc.transact(() => {
    if (change.removed > 0) shared.delete(change.at, change.removed);
    if (change.inserted !== "") shared.insert(change.at, change.inserted);
  }, OWN);
}
