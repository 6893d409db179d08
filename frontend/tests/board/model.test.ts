import { beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { BoardModel } from "../../src/board/model/board-model.js";
import type { NoteChanges } from "../../src/board/model/board-model.js";
import { copied, pastedLines, pastedNotes } from "../../src/board/model/clipboard.js";
import { addNotes, deleteNotes, moveNotes, placeNotes, replaceText, setColour } from "../../src/board/model/operations.js";
import { initials } from "../../src/board/model/people.js";
import { notesOf } from "../../src/board/model/schema.js";

let model: BoardModel;
let other: Y.Doc;

const add = (text: string, x = 0, y = 0): string => addNotes(model.doc, [{ text, x, y, colour: "sun" }], "user:1", 5)[0] ?? "";
const texts = (): string[] => model.notes().map((note) => note.text);
/** Somebody else's document, kept the same by hand. */
const exchange = (): void => {
  Y.applyUpdate(other, Y.encodeStateAsUpdate(model.doc), "remote");
  Y.applyUpdate(model.doc, Y.encodeStateAsUpdate(other), "remote");
};

beforeEach(() => {
  model = new BoardModel();
  other = new Y.Doc();
});

describe("operations", () => {
  it("writes what docs/board-protocol.md calls a note", () => {
    const id = add("Tea", 12.4, -8.6);
    expect(notesOf(model.doc).get(id)?.toJSON()).toEqual({
      text: "Tea", x: 12, y: -9, colour: "sun", author: "user:1", created: 5,
    });
    expect(id).toMatch(/^[2-9a-z]{14}$/);
  });

  it("moves, colours and deletes", () => {
    const [a, b] = [add("a"), add("b", 200)];
    moveNotes(model.doc, [a, "gone"], 10, 20);
    placeNotes(model.doc, new Map([[b, { x: 1e9, y: 3 }]]));
    setColour(model.doc, [a, b, "gone"], "sky");
    expect(model.note(a)).toMatchObject({ x: 10, y: 20, colour: "sky" });
    expect(model.note(b)).toMatchObject({ x: 130_000, y: 3, colour: "sky" });
    expect(deleteNotes(model.doc, [a, "gone"])).toBe(1);
    expect(texts()).toEqual(["b"]);
  });

  it("merges what two people write in one note", () => {
    const id = add("Tea at ten");
    exchange();
    replaceText(model.doc, id, { at: 0, removed: 3, inserted: "Soup" });
    replaceText(other, id, { at: 10, removed: 0, inserted: ", always" });
    exchange();
    expect(model.note(id)?.text).toBe("Soup at ten, always");
    expect(notesOf(other).get(id)?.toJSON()["text"]).toBe("Soup at ten, always");
  });
});

describe("reading", () => {
  it("skips what does not fit and mends what can be mended", () => {
    const notes = notesOf(model.doc) as Y.Map<unknown>;
    notes.set("number", 3);
    for (const id of ["long".repeat(16), "nul\0"]) {
      notes.set(id, new Y.Map<unknown>([["text", new Y.Text("x")], ["x", 1], ["y", 1]]));
    }
    notes.set("no-place", new Y.Map([["text", new Y.Text("x")]]));
    notes.set("no-text", new Y.Map<unknown>([["text", "plain"], ["x", 1], ["y", 1]]));
    notes.set("nan", new Y.Map<unknown>([["text", new Y.Text("x")], ["x", Number.NaN], ["y", 1]]));
    notes.set("odd", new Y.Map<unknown>([["text", new Y.Text("odd")], ["x", 1], ["y", -1e12], ["colour", "beige"], ["w", 1e9], ["author", 7]]));
    expect(model.notes()).toEqual([
      { id: "odd", text: "odd", x: 1, y: -130_000, w: 4_000, h: 112, colour: "sun", author: null },
    ]);
  });

  it("orders notes as one reads a wall", () => {
    add("third", 0, 50);
    add("second", 300, 0);
    add("first", 0, 0);
    expect(texts()).toEqual(["first", "second", "third"]);
  });
});

describe("undo", () => {
  it("takes back one's own steps alone", () => {
    const mine = add("mine");
    exchange();
    addNotes(other, [{ text: "theirs", x: 300, y: 0, colour: "rose" }], "user:2", 1);
    exchange();
    model.endStep();
    setColour(model.doc, [mine], "sky");
    expect(model.undo()).toBe(true);
    expect(model.note(mine)?.colour).toBe("sun");
    model.undo();
    expect(texts()).toEqual(["theirs"]);
    expect([model.canUndo, model.canRedo]).toEqual([false, true]);
    model.redo();
    expect(texts()).toEqual(["mine", "theirs"]);
  });

  it("counts a drag as one step, however long it rests", async () => {
    const id = add("dragged");
    model.beginGesture();
    moveNotes(model.doc, [id], 10, 0);
    await new Promise((resolve) => setTimeout(resolve, 600));
    moveNotes(model.doc, [id], 10, 0);
    model.endGesture();
    moveNotes(model.doc, [id], 5, 0);
    model.undo();
    expect(model.note(id)?.x).toBe(20);
    model.undo();
    expect(model.note(id)?.x).toBe(0);
  });
});

describe("changes", () => {
  it("are told by note, and by whose they are", () => {
    const told: NoteChanges[] = [];
    const id = add("a");
    exchange();
    model.onChange((changes) => told.push(changes));
    replaceText(other, id, { at: 1, removed: 0, inserted: "b" });
    addNotes(other, [{ text: "new", x: 0, y: 0, colour: "sun" }], "user:2", 1);
    exchange();
    deleteNotes(model.doc, [id]);
    expect(told.map(({ added, changed, deleted, isOwn }) => [added.size, [...changed], [...deleted], isOwn])).toEqual([
      [1, [id], [], false],
      [0, [], [id], true],
    ]);
  });

  it("after a refusal come from a new document under a new client id", () => {
    add("refused");
    const before = model.doc.clientID;
    let replaced = 0;
    model.onReplace(() => (replaced += 1));
    addNotes(other, [{ text: "kept", x: 0, y: 0, colour: "sun" }], "user:2", 1);
    model.replace(Y.encodeStateAsUpdate(other));
    expect([texts(), replaced, model.canUndo]).toEqual([["kept"], 1, false]);
    expect(model.doc.clientID).not.toBe(before);
    add("works", 0, 50);
    expect(texts()).toEqual(["kept", "works"]);
    expect(model.canUndo).toBe(true);
  });
});

describe("clipboard", () => {
  it("carries notes with their places to the middle of the view", () => {
    add("right", 200, 0);
    add("left", 0, 0);
    const { text, json } = copied(model.notes());
    expect(text).toBe("left\nright");
    const drafts = pastedNotes(json, { x: 1_000, y: 1_000 });
    expect(drafts.map(({ text: words, x, y, colour }) => [words, x, y, colour])).toEqual([
      ["left", 816, 944, "sun"],
      ["right", 1_016, 944, "sun"],
    ]);
  });

  it.each(["", "no json", "{}", "[1, null, {}]", '[{"text": 3, "x": 0, "y": 0}]'])("takes nothing from %s", (json) => {
    expect(pastedNotes(json, { x: 0, y: 0 })).toEqual([]);
  });

  it("makes one note of each line of a list", () => {
    const drafts = pastedLines("- Tea\r\n2. Lamps\n\n  * Keys  \nplain", { x: 0, y: 0 }, "leaf");
    expect(drafts.map(({ text }) => text)).toEqual(["Tea", "Lamps", "Keys", "plain"]);
    expect(new Set(drafts.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
  });
});

describe("initials", () => {
  it.each([["Lena Brandt", "LB"], ["Олена", "О"], ["Ελένη (guest) Παππά", "ΕΠ"], ["???", "?"], ["", "?"]])("of %s are %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
