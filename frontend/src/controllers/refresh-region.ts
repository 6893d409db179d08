const PAUSE_MS = 15_000;

/** Keeps a region (by its id) as the server shows it now: asks this page again every 15 seconds. */
export function refreshRegion(element: HTMLElement, connected: (root: HTMLElement) => void): void {
  const pause_ms = Number(element.dataset["everyS"] ?? 0) * 1000 || PAUSE_MS;
  let last = "";
  const ask = async (): Promise<void> => {
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById(element.id);
      if (fresh === null || fresh.innerHTML === last) return;
      last = fresh.innerHTML;
      element.replaceChildren(...fresh.childNodes);
      connected(element);
    } catch {
      // The hall keeps the last thing shown; the next question comes soon.
    }
  };
  setInterval(() => void ask(), pause_ms);
}
