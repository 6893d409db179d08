const AGAIN_AFTER_MS = 5000;

/**
 * A form that is on its way is not sent a second time: a double click must not make two programmes.
 * A page that is still here after a while (a download, a lost connection) may send again.
 */
export function sendFormsOnce(page: Window): void {
  const sentAt = new WeakMap<EventTarget, number>();
  // At the window every behaviour of the form has spoken, and may have held it back.
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
    const last = sentAt.get(form);
    if (last !== undefined && event.timeStamp - last < AGAIN_AFTER_MS) event.preventDefault();
    else sentAt.set(form, event.timeStamp);
  });
  // The page comes back from the history as it was left.
  page.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of page.document.forms) sentAt.delete(form);
  });
}
