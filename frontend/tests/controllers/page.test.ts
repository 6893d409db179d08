// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

import { countdown } from "../../src/controllers/countdown.js";
import { currentInView } from "../../src/controllers/current-in-view.js";
import { dialogConfirm } from "../../src/controllers/dialog-confirm.js";
import { localTime } from "../../src/controllers/local-time.js";
import { menu } from "../../src/controllers/menu.js";
import { rankList } from "../../src/controllers/rank-list.js";
import { scale } from "../../src/controllers/scale.js";
import { skillPicker } from "../../src/controllers/skill-picker.js";
import { themeToggle } from "../../src/controllers/theme-toggle.js";
import { toast } from "../../src/controllers/toast.js";
import { connectWithin, listParts } from "../../src/lib/dom.js";

/** Put markup on the page and return its first element. */
function page<T extends HTMLElement = HTMLElement>(markup: string): T {
  document.body.innerHTML = markup;
  return document.body.firstElementChild as T;
}

function press(target: Element | null, key: string): void {
  target?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

beforeEach(() => {
  vi.useRealTimers();
  document.body.innerHTML = "";
});

it("attaches every named behaviour once and passes over unknown names", () => {
  page('<div><p data-controller="one two"></p><p data-controller="toString two"></p></div>');
  const one = vi.fn();
  const two = vi.fn();
  connectWithin(document, { one, two });
  expect([one.mock.calls.length, two.mock.calls.length]).toEqual([1, 2]);
});

describe("countdown", () => {
  it("trusts the server's clock and says when time is up", () => {
    vi.useFakeTimers();
    vi.setSystemTime(new Date("2026-10-16T12:00:00Z"));
    const element = page(
      `<p data-until="2026-10-16T10:00:02Z" data-now="2026-10-16T10:00:00Z" data-minute="min" data-second="s" data-over="Over">
       <time data-part="left"></time></p>`,
    );
    countdown(element);
    expect(element.textContent?.trim()).toBe("0min2s");
    vi.advanceTimersByTime(2000);
    expect(element.textContent?.trim()).toBe("Over");
  });
});

describe("local time", () => {
  const written = '<time datetime="2026-10-16T10:00:00Z" data-format="HH:mm" {}>in the hall</time>';

  it("writes the moment in the viewer's zone", () => {
    const element = page(written);
    localTime(element);
    const expected = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    expect(element.textContent).toBe(expected.format(new Date("2026-10-16T10:00:00Z")));
  });

  it("leaves an event's own time alone", () => {
    const element = page(written.replace("{}", "data-fixed"));
    localTime(element);
    expect(element.textContent).toBe("in the hall");
  });
});

describe("ranking", () => {
  const item = (id: string): string =>
    `<li data-part="item" data-name="${id}"><button data-part="grip"></button><span data-part="pos"></span>
     <button data-act="up"></button><button data-act="down"></button><button data-act="remove"></button>
     <input type="hidden" name="order" value="${id}"></li>`;
  const markup = `<div data-places="4" data-moved="{name} to {place}" data-removed="{name} off">
    <ol data-part="list">${["a", "b", "c"].map(item).join("")}<li data-part="free"><span data-part="pos"></span></li></ol>
    <template data-part="free-place"><li data-part="free"><span data-part="pos"></span></li></template>
    <p data-part="said"></p></div>`;
  const order = (): string[] => [...document.querySelectorAll("input")].map((input) => input.value);
  const places = (): (string | null)[] => listParts(document, "pos").map((place) => place.textContent);
  const click = (selector: string): void => document.querySelector<HTMLElement>(selector)?.click();

  beforeEach(() => rankList(page(markup)));

  it("moves by button, numbers again and says so", () => {
    click('[data-name="c"] [data-act="up"]');
    expect(order()).toEqual(["a", "c", "b"]);
    expect(places()).toEqual(["1", "2", "3", "4"]);
    expect(document.querySelector('[data-part="said"]')?.textContent).toBe("c to 2");
  });

  it("cannot move the first up or the last down", () => {
    const isDisabled = (selector: string): boolean | undefined =>
      document.querySelector<HTMLButtonElement>(selector)?.disabled;
    expect(isDisabled('[data-name="a"] [data-act="up"]')).toBe(true);
    expect(isDisabled('[data-name="c"] [data-act="down"]')).toBe(true);
    expect(isDisabled('[data-name="b"] [data-act="up"]')).toBe(false);
  });

  it("moves by keyboard only while lifted", () => {
    const grip = document.querySelector('[data-name="a"] [data-part="grip"]');
    press(grip, "ArrowDown");
    expect(order()).toEqual(["a", "b", "c"]);
    press(grip, " ");
    press(grip, "ArrowDown");
    press(grip, "ArrowDown");
    press(grip, "ArrowDown");
    press(grip, " ");
    expect(order()).toEqual(["b", "c", "a"]);
    expect(grip?.getAttribute("aria-pressed")).toBe("false");
  });

  it("takes one off and tells the form", () => {
    const heard = vi.fn();
    document.body.addEventListener("input", heard, { once: true });
    click('[data-name="b"] [data-act="remove"]');
    expect(order()).toEqual(["a", "c"]);
    expect(places()).toEqual(["1", "2", "3", "4"]);
    expect(listParts(document, "free").length).toBe(2);
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe("skill rows", () => {
  it("adds rows with fresh names up to the limit", () => {
    const row = (index: string): string =>
      `<div data-part="row"><input name="skills-${index}-name"><button data-act="remove"></button></div>`;
    const element = page(
      `<div data-max="3"><div data-part="rows">${row("0")}${row("4")}</div><button data-part="add"></button>
       <template data-part="template">${row("__index__")}</template></div>`,
    );
    skillPicker(element);
    const add = element.querySelector<HTMLButtonElement>('[data-part="add"]');
    add?.click();
    expect([...element.querySelectorAll("input")].map((input) => input.name)).toEqual([
      "skills-0-name",
      "skills-4-name",
      "skills-5-name",
    ]);
    expect(add?.hidden).toBe(true);
    element.querySelector<HTMLElement>('[data-act="remove"]')?.click();
    expect([...element.querySelectorAll("input")].length).toBe(2);
    expect(add?.hidden).toBe(false);
  });
});

describe("asking once", () => {
  it("holds the form back until it is confirmed", () => {
    const form = page<HTMLFormElement>(
      `<form><button id="first" type="submit">Leave</button><dialog data-part="dialog">
       <button data-part="confirm" type="submit">Leave</button><button data-part="cancel" type="button">Not now</button>
       </dialog></form>`,
    );
    dialogConfirm(form);
    const dialog = form.querySelector("dialog");
    const submit = (submitter: HTMLElement | null): boolean =>
      form.dispatchEvent(new SubmitEvent("submit", { submitter, cancelable: true, bubbles: true }));
    expect(submit(form.querySelector("#first"))).toBe(false);
    expect(dialog?.open).toBe(true);
    form.querySelector<HTMLElement>('[data-part="cancel"]')?.click();
    expect(dialog?.open).toBe(false);
    expect(submit(form.querySelector('[data-part="confirm"]'))).toBe(true);
  });
});

it("closes a menu on Escape and on a click elsewhere", () => {
  const element = page<HTMLDetailsElement>("<details open><summary>x</summary><a href='#'>y</a></details>");
  menu(element);
  press(element.querySelector("a"), "Escape");
  expect(element.open).toBe(false);
  element.open = true;
  document.body.click();
  expect(element.open).toBe(false);
});

it("brings the current link of a long row into view", () => {
  const row = page('<nav><a href="#a">a</a><a href="#b" aria-current="page">b</a></nav>');
  const current = row.lastElementChild as HTMLElement;
  Object.defineProperty(row, "clientWidth", { value: 300 });
  Object.defineProperty(current, "offsetWidth", { value: 100 });
  vi.spyOn(current, "getBoundingClientRect").mockReturnValue(new DOMRect(500, 0, 100, 40));
  currentInView(row);
  expect(row.scrollLeft).toBe(400);
});

it("chooses a mark by its digit", () => {
  const element = page(
    '<fieldset><input type="radio" name="k" value="1"><input type="radio" name="k" value="4"></fieldset>',
  );
  scale(element);
  press(element.querySelector("input"), "4");
  expect([...element.querySelectorAll("input")].map((radio) => radio.checked)).toEqual([false, true]);
  press(element, "9");
  expect([...element.querySelectorAll("input")].map((radio) => radio.checked)).toEqual([false, true]);
});

describe("toast", () => {
  it("leaves by itself unless it offers an undo", () => {
    vi.useFakeTimers();
    document.body.innerHTML = '<p id="a">x</p>';
    const undo = document.createElement("div");
    undo.append(document.createElement("form"));
    document.body.append(undo);
    toast(document.getElementById("a") as HTMLElement);
    toast(undo);
    vi.advanceTimersByTime(60_000);
    expect(document.getElementById("a")).toBeNull();
    expect(undo.isConnected).toBe(true);
  });
});

it("switches the theme, names the way back and remembers it", () => {
  document.documentElement.dataset["bsTheme"] = "light";
  const element = page('<button hidden data-to-dark="Dark" data-to-light="Light"><b data-part="label"></b></button>');
  themeToggle(element);
  expect([element.hidden, element.textContent]).toEqual([false, "Dark"]);
  element.click();
  expect(document.documentElement.dataset["bsTheme"]).toBe("dark");
  expect(element.textContent).toBe("Light");
  expect(document.cookie).toContain("theme=dark");
});
