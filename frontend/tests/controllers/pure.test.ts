import { describe, expect, it } from "vitest";

import { lengthOf } from "../../src/controllers/char-count.js";
import { clockText, unitsLeft } from "../../src/controllers/countdown.js";
import { sizeText } from "../../src/controllers/file-preview.js";
import { readProgress } from "../../src/controllers/live-progress.js";
import { optionsOf } from "../../src/controllers/local-time.js";
import { applyMark } from "../../src/controllers/markdown-toolbar.js";
import { fill } from "../../src/lib/dom.js";

const units = { day: "d", hour: "h", minute: "min", second: "s" };

describe("countdown", () => {
  it.each([
    [0, [[0, "min"], [0, "s"]]],
    [59, [[0, "min"], [59, "s"]]],
    [3599, [[59, "min"], [59, "s"]]],
    [3600, [[1, "h"], [0, "min"]]],
    [19_080, [[5, "h"], [18, "min"]]],
    [172_799, [[47, "h"], [59, "min"]]],
    [172_800, [[2, "d"], [0, "h"]]],
    [270_000, [[3, "d"], [3, "h"]]],
  ])("shows the two largest units of %i s", (left_s, expected) => {
    expect(unitsLeft(left_s, units)).toEqual(expected);
  });

  it.each([[9, "00:09"], [3599, "59:59"], [10_029, "2:47:09"]])("writes %i s on a clock", (left_s, expected) => {
    expect(clockText(left_s)).toBe(expected);
  });
});

describe("applyMark", () => {
  it("puts bold on and takes it off again", () => {
    const on = applyMark("bold", { text: "a night", start: 2, end: 7 });
    expect(on).toEqual({ text: "a **night**", start: 4, end: 9 });
    expect(applyMark("bold", on)).toEqual({ text: "a night", start: 2, end: 7 });
  });

  it("makes a list of every chosen line and undoes it", () => {
    const on = applyMark("list", { text: "x\none\ntwo", start: 3, end: 9 });
    expect(on).toEqual({ text: "x\n- one\n- two", start: 2, end: 13 });
    expect(applyMark("list", on)).toEqual({ text: "x\none\ntwo", start: 2, end: 9 });
  });

  it("leaves the cursor where the address of a link goes", () => {
    expect(applyMark("link", { text: "see plan", start: 4, end: 8 })).toEqual({
      text: "see [plan](https://)",
      start: 19,
      end: 19,
    });
  });
});

describe("optionsOf", () => {
  it("reads a moment's pattern", () => {
    expect(optionsOf("EEE d MMM y, HH:mm")).toEqual({
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  });

  it("reads a day's pattern without an hour", () => {
    expect(optionsOf("EEEE d MMMM")).toEqual({ weekday: "long", day: "numeric", month: "long" });
  });
});

describe("readProgress", () => {
  it("keeps the share between nothing and all", () => {
    expect(readProgress({ state: "running", share: 1.7, text: "x" })).toEqual({ state: "running", share: 1, text: "x" });
    expect(readProgress({ state: "running", share: -1 })).toEqual({ state: "running", share: 0, text: "" });
  });

  it.each([null, "done", {}, { state: 3, share: 0 }, { state: "done" }])("refuses %j", (value) => {
    expect(readProgress(value)).toBeNull();
  });
});

it("counts letters, not code units", () => {
  expect(lengthOf("Кухня 🌱")).toBe(7);
});

it("fills the names it knows and leaves the others", () => {
  expect(fill("Saved {time} by {who}", { time: "14:05" })).toBe("Saved 14:05 by {who}");
});

it.each([[340_000, "340 kB"], [2_140_000, "2.1 MB"]])("says the size of %i bytes", (bytes, expected) => {
  expect(sizeText(bytes)).toBe(expected);
});
