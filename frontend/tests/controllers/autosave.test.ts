// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { autosave, draftOf, putBack } from "../../src/controllers/autosave.js";

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
  document.body.innerHTML = MARKUP;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a draft", () => {
  it("holds every field but the token and passwords", () => {
    expect(draftOf(field<HTMLFormElement>("form"))).toEqual([
      ["version", "3"],
      ["title", "Old"],
      ["text", ""],
      ["k", "2"],
    ]);
  });

  it("can be put back", () => {
    putBack(field<HTMLFormElement>("form"), [["title", "Kept"], ["text", "Line"], ["k", "1"], ["version", "1"]]);
    expect(draftOf(field<HTMLFormElement>("form"))).toEqual([
      ["version", "3"],
      ["title", "Kept"],
      ["text", "Line"],
      ["k", "1"],
    ]);
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
