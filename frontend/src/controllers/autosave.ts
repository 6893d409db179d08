import { fill, findPart, pageLanguage } from "../lib/dom.js";

const PAUSE_MS = 1200;
const RETRY_MS = 10_000;

type Values = [string, string][];

/** What a draft consists of: every field but files, passwords and the token. */
export function draftOf(form: HTMLFormElement): Values {
  const secret = new Set(
    [...form.querySelectorAll<HTMLInputElement>('input[type="password"]')].map((input) => input.name),
  );
  return [...new FormData(form)].filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === "string" && entry[0] !== "csrf_token" && !secret.has(entry[0]),
  );
}

/** Put kept values back into the form's fields. */
export function putBack(form: HTMLFormElement, values: Values): void {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio")) {
      control.checked = values.some(([name, value]) => name === control.name && value === control.value);
    } else if (
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement ||
      (control instanceof HTMLInputElement && !["hidden", "file", "password", "submit"].includes(control.type))
    ) {
      const kept = values.find(([name]) => name === control.name);
      if (kept !== undefined) control.value = kept[1];
    }
  }
}

/**
 * Save a form's draft while it is being filled in.
 *
 * data-autosave-url; sentences data-saved "Saved {time}", data-saving, data-failed, data-refused.
 * Parts: saved (role=status); restore (a hidden button: puts back what could not be sent last time).
 */
export function autosave(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  const form = element;
  const url = form.dataset["autosaveUrl"];
  if (url === undefined) return;
  const status = findPart(form, "saved");
  const key = `cojam:draft:${url}`;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastSaved = JSON.stringify(draftOf(form));
  let isSending = false;
  let isLeaving = false;

  const isDirty = (): boolean => JSON.stringify(draftOf(form)) !== lastSaved;

  const say = (state: "saved" | "saving" | "failed" | "refused", detail = ""): void => {
    if (status === null) return;
    status.dataset["state"] = state === "refused" ? "failed" : state;
    const time = new Intl.DateTimeFormat(pageLanguage(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const sentence = detail || (form.dataset[state] ?? "");
    status.textContent = fill(sentence, { time: time.format(new Date()) });
  };

  const plan = (delay_ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), delay_ms);
  };

  const keep = (draft: string): void => {
    try {
      localStorage.setItem(key, draft);
    } catch {
      // A full or forbidden store: the warning before leaving still protects what was typed.
    }
  };

  const save = async (): Promise<void> => {
    if (isSending || isLeaving || !isDirty()) return;
    isSending = true;
    const values = draftOf(form);
    const draft = JSON.stringify(values);
    say("saving");
    try {
      const response = await send(url, form, values);
      if (response.ok) {
        lastSaved = draft;
        localStorage.removeItem(key);
        takeVersion(form, await readJson(response));
        say("saved");
      } else if (response.status >= 500 || response.status === 429) {
        throw new Error(String(response.status));
      } else {
        keep(draft);
        say("refused", (await readJson(response))["error"]);
      }
    } catch {
      keep(draft);
      say("failed");
      plan(RETRY_MS);
    } finally {
      isSending = false;
    }
    if (isDirty() && status?.dataset["state"] === "saved") plan(PAUSE_MS);
  };

  form.addEventListener("input", () => plan(PAUSE_MS));
  form.addEventListener("change", () => plan(250));
  window.addEventListener("online", () => plan(0));
  // At the window every other behaviour of the form has spoken (dialog-confirm may hold it back).
  window.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    isLeaving = true;
    clearTimeout(timer);
    localStorage.removeItem(key);
  });
  window.addEventListener("beforeunload", (event) => {
    if (form.isConnected && !isLeaving && isDirty()) event.preventDefault();
  });
  offerKept(form, key, lastSaved, () => plan(0));
}

function send(url: string, form: HTMLFormElement, values: Values): Promise<Response> {
  const token = form.querySelector<HTMLInputElement>('input[name="csrf_token"]')?.value ?? "";
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams(values),
    headers: { "X-CSRFToken": token, Accept: "application/json" },
  });
}

async function readJson(response: Response): Promise<Record<string, string>> {
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return {};
  const answer: unknown = await response.json();
  if (typeof answer !== "object" || answer === null) return {};
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, String(value)]));
}

/** A form with a field "version" is told the new one, so that the next save does not collide with this. */
function takeVersion(form: HTMLFormElement, answer: Record<string, string>): void {
  const version = form.querySelector<HTMLInputElement>('input[type="hidden"][name="version"]');
  if (version !== null && answer["version"] !== undefined) version.value = answer["version"];
}

function offerKept(form: HTMLFormElement, key: string, current: string, done: () => void): void {
  const button = findPart<HTMLButtonElement>(form, "restore");
  const kept = localStorage.getItem(key);
  if (button === null || kept === null || kept === current) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    putBack(form, JSON.parse(kept) as Values);
    button.hidden = true;
    done();
  });
}
