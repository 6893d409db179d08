// @vitest-environment happy-dom
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { sendFormsOnce } from "../../src/lib/send-once.js";

let form: HTMLFormElement;

beforeAll(() => sendFormsOnce(window));

beforeEach(() => {
  document.body.innerHTML = '<form method="post"></form>';
  form = document.querySelector("form") as HTMLFormElement;
});

function isSent(timeStamp: number): boolean {
  const event = new Event("submit", { bubbles: true, cancelable: true });
  vi.spyOn(event, "timeStamp", "get").mockReturnValue(timeStamp);
  return form.dispatchEvent(event);
}

test("a second click does not send the form again, a later one does", () => {
  expect([isSent(1000), isSent(1200), isSent(5900), isSent(6100)]).toEqual([true, false, false, true]);
});

test("searches are sent as often as one likes", () => {
  form.method = "get";
  expect([isSent(1000), isSent(1001)]).toEqual([true, true]);
});

test("a form that was held back has not been sent", () => {
  form.addEventListener("submit", (event) => event.preventDefault(), { once: true });
  expect([isSent(1000), isSent(1200)]).toEqual([false, true]);
});

test("a page that comes back from the history sends again", () => {
  isSent(1000);
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  expect(isSent(1100)).toBe(true);
});
