// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { autosave } from "../../src/controllers/autosave.js";
import { skillPicker } from "../../src/controllers/skill-picker.js";
import { draftOf, putBack } from "../../src/lib/drafts.js";

const MARKUP = `<form data-autosave-url="/draft" data-saved="Kept {time}" data-saving="…" data-failed="Not kept" data-refused="Refused">
  <input type="hidden" name="csrf_token" value="token"><input type="hidden" name="version" value="3">
  <input name="title" value="Old"><textarea name="text"></textarea><input type="password" name="secret" value="s">
  <input type="checkbox" name="k" value="1"><input type="checkbox" name="k" value="2" checked>
  <p data-part="saved"></p><button type="button" data-part="restore" hidden>Put back</button></form>`;

function field<T extends HTMLElement = HTMLInputElement>(selector: string): T {
  return document.querySelector<T>(selector) as T;
}

function type(text: string): void {
  field('[name="title"]').value = text;
  field('[name="title"]').dispatchEvent(new Event("input", { bubbles: true }));
}

const answer = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

const asked = vi.fn<typeof fetch>();
const said = (): string | null => field<HTMLElement>('[data-part="saved"]').textContent;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", asked);
  asked.mockReset();
  localStorage.clear();
  sessionStorage.clear();
  document.body.innerHTML = MARKUP;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a draft", () => {
  it("holds every field but the token, the version and passwords", () => {
    expect(draftOf(field<HTMLFormElement>("form"))).toEqual([
      ["title", "Old"],
      ["text", ""],
      ["k", "2"],
    ]);
  });

  it("can be put back", () => {
    putBack(field<HTMLFormElement>("form"), [["title", "Kept"], ["text", "Line"], ["k", "1"], ["version", "1"]]);
    expect(draftOf(field<HTMLFormElement>("form"))).toEqual([
      ["title", "Kept"],
      ["text", "Line"],
      ["k", "1"],
    ]);
  });
});

describe("rows that a script had added", () => {
  const row = (index: string, value = ""): string =>
    `<div data-part="row"><input name="skills-${index}-label" value="${value}"><select name="skills-${index}-level">
     <option>1</option><option>2</option></select><button name="skills-remove" data-act="remove"></button></div>`;
  const group = (...rows: string[]): string =>
    `<form><div data-controller="skill-picker" data-max="3"><div data-part="rows">${rows.join("")}</div>
     <button data-part="add"></button><template data-part="template">${row("__index__")}</template></div></form>`;
  const kept: [string, string][] = [
    ["skills-0-label", "Law"],
    ["skills-0-level", "1"],
    ["skills-2-label", "Sound"],
    ["skills-2-level", "2"],
    ["skills-5-label", "Paper"],
    ["skills-5-level", "1"],
  ];

  it("are made again with what was typed in them, and the rest goes", () => {
    document.body.innerHTML = group(row("0", "Law"), row("1", "Old"));
    skillPicker(field<HTMLElement>("[data-controller]"));
    putBack(field<HTMLFormElement>("form"), kept);
    expect(draftOf(field<HTMLFormElement>("form"))).toEqual(kept);
    expect(field<HTMLElement>('[data-part="add"]').hidden).toBe(true);
  });

  it("stay as they are where they are all there", () => {
    document.body.innerHTML = group(row("0"), row("2"), row("5"));
    const first = field('[name="skills-0-label"]');
    putBack(field<HTMLFormElement>("form"), kept);
    expect(draftOf(field<HTMLFormElement>("form"))).toEqual(kept);
    expect(field('[name="skills-0-label"]')).toBe(first);
  });
});

describe("autosave", () => {
  beforeEach(() => autosave(field<HTMLFormElement>("form")));

  it("sends once after a pause, with the token, and takes the new version", async () => {
    asked.mockResolvedValue(answer(200, { version: 4 }));
    type("N");
    type("Night library");
    await vi.advanceTimersByTimeAsync(1300);
    expect(asked).toHaveBeenCalledTimes(1);
    const [url, options] = asked.mock.calls[0] ?? [];
    expect(url).toBe("/draft");
    expect(options?.headers).toEqual({ "X-CSRFToken": "token", Accept: "application/json" });
    expect(String(options?.body)).toBe("version=3&title=Night+library&text=&k=2");
    expect(field('[name="version"]').value).toBe("4");
    expect(said()).toMatch(/^Kept \d\d:\d\d$/);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("sends nothing when nothing has changed", async () => {
    type("Old");
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).not.toHaveBeenCalled();
  });

  it("keeps a copy without a connection and tries again", async () => {
    asked.mockRejectedValueOnce(new TypeError("offline")).mockResolvedValue(answer(200, {}));
    type("Night");
    await vi.advanceTimersByTimeAsync(1300);
    expect(said()).toBe("Not kept");
    expect(JSON.parse(localStorage.getItem("cojam:draft:/draft") ?? "[]")).toContainEqual(["title", "Night"]);
    await vi.advanceTimersByTimeAsync(10_100);
    expect(asked).toHaveBeenCalledTimes(2);
    expect(localStorage.getItem("cojam:draft:/draft")).toBeNull();
  });

  it("says why the server refuses and does not insist", async () => {
    asked.mockResolvedValue(answer(409, { error: "The deadline has passed." }));
    type("Night");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said()).toBe("The deadline has passed.");
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("warns before leaving with unsaved changes, not after sending the form", async () => {
    const leave = (): boolean => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    type("Night");
    expect(leave()).toBe(false);
    field<HTMLFormElement>("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await vi.advanceTimersByTimeAsync(0);
    expect(leave()).toBe(true);
  });
});

it("offers what this device kept last time", async () => {
  asked.mockResolvedValue(answer(200, {}));
  localStorage.setItem("cojam:draft:/draft", JSON.stringify([["title", "Kept"]]));
  autosave(field<HTMLFormElement>("form"));
  const button = field<HTMLButtonElement>('[data-part="restore"]');
  expect(button.hidden).toBe(false);
  button.click();
  expect(field('[name="title"]').value).toBe("Kept");
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveBeenCalledTimes(1);
});

describe("a page that was left while a save was under way", () => {
  const leave = async (text: string): Promise<void> => {
    asked.mockReturnValueOnce(new Promise(() => undefined));
    autosave(field<HTMLFormElement>("form"));
    type(text);
    await vi.advanceTimersByTimeAsync(1300);
    document.body.innerHTML = MARKUP;
  };
  const bodies = (): string[] => asked.mock.calls.map(([, options]) => String(options?.body));

  it("settles that save first, shows its text and goes on from its version", async () => {
    await leave("Night");
    asked.mockResolvedValueOnce(answer(200, { version: 4 })).mockResolvedValueOnce(answer(200, { version: 5 }));
    autosave(field<HTMLFormElement>("form"));
    await vi.advanceTimersByTimeAsync(10);
    expect(field('[name="title"]').value).toBe("Night");
    type("Night library");
    await vi.advanceTimersByTimeAsync(1300);
    expect(bodies()).toEqual([
      "version=3&title=Night&text=&k=2",
      "version=3&title=Night&text=&k=2",
      "version=4&title=Night+library&text=&k=2",
    ]);
    expect(sessionStorage.length).toBe(0);
  });

  it("keeps what is typed meanwhile", async () => {
    await leave("Night");
    asked.mockResolvedValueOnce(answer(200, { version: 4 })).mockResolvedValueOnce(answer(200, { version: 5 }));
    autosave(field<HTMLFormElement>("form"));
    type("Day");
    await vi.advanceTimersByTimeAsync(1300);
    expect(field('[name="title"]').value).toBe("Day");
    expect(bodies()[2]).toBe("version=4&title=Day&text=&k=2");
  });

  it("sends nothing when the page shows that text already", async () => {
    await leave("Night");
    field('[name="title"]').setAttribute("value", "Night");
    autosave(field<HTMLFormElement>("form"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("offers that text when somebody else was quicker", async () => {
    await leave("Night");
    asked.mockResolvedValueOnce(answer(409, { error: "Changed elsewhere." }));
    autosave(field<HTMLFormElement>("form"));
    await vi.advanceTimersByTimeAsync(10);
    expect(said()).toBe("Changed elsewhere.");
    expect(field('[name="title"]').value).toBe("Old");
    field<HTMLButtonElement>('[data-part="restore"]').click();
    expect(field('[name="title"]').value).toBe("Night");
  });
});
