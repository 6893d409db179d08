import { fill, findPart, pageLanguage } from "../lib/dom.js";
import { DraftStore, draftOf, putBack, type Values, versionField } from "../lib/drafts.js";

const PAUSE_MS = 1200;
const RETRY_MS = 10_000;
/** Browsers refuse a request that may outlive its page when it is larger than 64 KiB. */
const KEEPALIVE_BYTES_MAX = 60_000;

/**
 * Save a form's draft while it is being filled in.
 *
 * data-autosave-url; sentences data-saved "Saved {time}", data-saving, data-failed, data-refused.
 * Parts: saved (role=status); restore (a hidden button: puts back what could not be sent last time).
 * The server takes what it holds already as saved, whatever the version: sending twice is safe.
 */
export function autosave(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) return;
  const form = element;
  const url = form.dataset["autosaveUrl"];
  if (url === undefined) return;
  const status = findPart(form, "saved");
  const unsent = new DraftStore(() => localStorage, `cojam:draft:${url}`);
  const underWay = new DraftStore(() => sessionStorage, `cojam:sent:${url}`);
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

  /** Send values and say how it went; true when the server has them now. */
  const deliver = async (values: Values, version: string | undefined): Promise<boolean> => {
    isSending = true;
    say("saving");
    const body: Values = version === undefined ? values : [["version", version], ...values];
    underWay.keep(body);
    try {
      const response = await send(url, form, body);
      if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
      const answer = await readJson(response);
      underWay.forget();
      if (response.ok) {
        unsent.forget();
        takeVersion(form, answer);
        say("saved");
      } else {
        unsent.keep(values);
        say("refused", answer["error"]);
      }
      return response.ok;
    } catch {
      unsent.keep(values);
      say("failed");
      plan(RETRY_MS);
      return false;
    } finally {
      isSending = false;
    }
  };

  const save = async (): Promise<void> => {
    if (isSending || isLeaving || !isDirty()) return;
    const values = draftOf(form);
    if (!(await deliver(values, versionField(form)?.value))) return;
    lastSaved = JSON.stringify(values);
    if (isDirty()) plan(PAUSE_MS);
  };

  const offer = (): void => offerKept(form, unsent.read(), lastSaved, () => plan(0));

  /** The page was left while a save was under way: settle that one first, from the version it began from. */
  const settle = async (sent: Values): Promise<void> => {
    const loaded = lastSaved;
    const values = sent.filter(([name]) => name !== "version");
    const version = sent.find(([name]) => name === "version")?.[1];
    if (JSON.stringify(values) === loaded) return underWay.forget();
    if (!(await deliver(values, version))) return offer();
    lastSaved = JSON.stringify(values);
    if (JSON.stringify(draftOf(form)) === loaded) {
      putBack(form, values);
      // What stands in hidden fields, such as an order, only the server can show.
      if (isDirty()) location.reload();
    } else {
      plan(0);
    }
  };

  form.addEventListener("input", () => plan(PAUSE_MS));
  form.addEventListener("change", () => plan(250));
  window.addEventListener("online", () => plan(0));
  // At the window every other behaviour of the form has spoken (dialog-confirm may hold it back).
  window.addEventListener("submit", (event) => {
    if (event.target !== form || event.defaultPrevented) return;
    isLeaving = true;
    clearTimeout(timer);
    unsent.forget();
    underWay.forget();
  });
  window.addEventListener("beforeunload", (event) => {
    if (form.isConnected && !isLeaving && isDirty()) event.preventDefault();
  });
  const sent = underWay.read();
  if (sent === null) offer();
  else void settle(sent);
}

function send(url: string, form: HTMLFormElement, values: Values): Promise<Response> {
  const token = form.querySelector<HTMLInputElement>('input[name="csrf_token"]')?.value ?? "";
  const body = new URLSearchParams(values);
  return fetch(url, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token, Accept: "application/json" },
    keepalive: body.toString().length < KEEPALIVE_BYTES_MAX,
  });
}

async function readJson(response: Response): Promise<Record<string, string>> {
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return {};
  const answer: unknown = await response.json();
  if (typeof answer !== "object" || answer === null) return {};
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, String(value)]));
}

/** The next save must name the new version, or it would collide with this one. */
function takeVersion(form: HTMLFormElement, answer: Record<string, string>): void {
  const version = versionField(form);
  if (version !== null && answer["version"] !== undefined) version.value = answer["version"];
}

function offerKept(form: HTMLFormElement, kept: Values | null, current: string, done: () => void): void {
  const button = findPart<HTMLButtonElement>(form, "restore");
  if (button === null || kept === null || JSON.stringify(kept) === current) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    putBack(form, kept);
    button.hidden = true;
    done();
  });
}
