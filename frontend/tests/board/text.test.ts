import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { difference, movedCaret } from "../../src/board/model/text-diff.js";
import type { DeltaStep } from "../../src/board/model/text-diff.js";

const apply = (before: string, after: string, caret: number): string => {
  const change = difference(before, after, caret);
  return change === null ? before : before.slice(0, change.at) + change.inserted + before.slice(change.at + change.removed);
};

describe("difference", () => {
  it("says nothing when nothing changed", () => {
    expect(difference("tea", "tea", 1)).toBeNull();
  });

  it("puts a repeated letter where the caret is", () => {
    expect(difference("aaa", "aaaa", 1)).toEqual({ at: 0, removed: 0, inserted: "a" });
    expect(difference("aaa", "aaaa", 4)).toEqual({ at: 3, removed: 0, inserted: "a" });
  });

  it("tells a deletion from the text around it", () => {
    expect(difference("Tea at ten", "Tea ten", 4)).toEqual({ at: 4, removed: 3, inserted: "" });
  });

  it("never cuts a character in half", () => {
    const change = difference("a😀b", "a😃b", 3);
    expect(change).toEqual({ at: 1, removed: 2, inserted: "😃" });
  });

  it("makes any text from any other, wherever the caret is said to be", () => {
    const letters = ["a", "b", "😀", "\n", "ї"];
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const word = (): string => Array.from({ length: next(8) }, () => letters[next(letters.length)]).join("");
    for (let round = 0; round < 2_000; round += 1) {
      const [before, after] = [word(), word()];
      expect(apply(before, after, next(after.length + 1))).toBe(after);
    }
  });
});

describe("movedCaret", () => {
  it.each<[string, DeltaStep[], number]>([
    ["before it, pushes it on", [{ insert: "xx" }], 7],
    ["right at it, goes behind it", [{ retain: 5 }, { insert: "xx" }], 5],
    ["behind it, leaves it", [{ retain: 6 }, { insert: "xx" }], 5],
  ])("what others write %s", (_where, delta, expected) => {
    expect(movedCaret(5, delta)).toBe(expected);
  });

  it("follows deletions before, around and behind it", () => {
    expect(movedCaret(5, [{ delete: 2 }])).toBe(3);
    expect(movedCaret(5, [{ retain: 3 }, { delete: 9 }])).toBe(3);
    expect(movedCaret(5, [{ retain: 5 }, { delete: 3 }])).toBe(5);
  });

  it("agrees with Yjs over several steps", () => {
    const text = new Y.Doc().getText("t");
    text.insert(0, "Tea at eleven");
    let caret = "Tea at ".length;
    text.observe((event) => {
      caret = movedCaret(caret, event.delta as DeltaStep[]);
    });
    text.doc?.transact(() => {
      text.insert(0, "Hot ");
      text.delete(text.length - 6, 6);
      text.insert(4, "black ");
    });
    expect(text.toString().slice(0, caret)).toBe("Hot black Tea at ");
  });
});
