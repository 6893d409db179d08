import { findPart } from "../lib/dom.js";

const POLL_MS = 3000;
const FINAL = new Set(["done", "failed", "cancelled"]);

export interface Progress {
  state: string;
  share: number;
  text: string;
}

/** Read what the server pushes or answers; anything unexpected is no progress. */
export function readProgress(value: unknown): Progress | null {
  if (typeof value !== "object" || value === null) return null;
  const { state, share, text } = value as Record<string, unknown>;
  if (typeof state !== "string" || typeof share !== "number") return null;
  return { state, share: Math.max(0, Math.min(1, share)), text: typeof text === "string" ? text : "" };
}

/**
 * Follow a long piece of work.
 *
 * data-room is joined over Socket.IO and data-event ("progress") listened to; data-poll-url is asked
 * every three seconds while the socket is not there. Both say {state, share 0–1, text}. When the work
 * ends the page goes to data-done-url, or loads again. Parts: bar (a <rect>), text (role=status).
 */
export function liveProgress(element: HTMLElement): void {
  const bar = findPart<SVGRectElement>(element, "bar");
  const text = findPart(element, "text");
  let isOver = false;
  let poll: ReturnType<typeof setInterval> | undefined;

  const show = (value: unknown): void => {
    const progress = readProgress(value);
    if (progress === null || isOver) return;
    bar?.setAttribute("width", `${(progress.share * 100).toFixed(1)}%`);
    if (text !== null && progress.text && text.textContent !== progress.text) text.textContent = progress.text;
    if (!FINAL.has(progress.state)) return;
    isOver = true;
    stopPolling();
    const next = element.dataset["doneUrl"];
    if (next) location.assign(next);
    else location.reload();
  };

  const ask = async (): Promise<void> => {
    const url = element.dataset["pollUrl"];
    if (!url || document.hidden) return;
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      if (response.ok) show(await response.json());
    } catch {
      // Away from the network: the next question comes in three seconds.
    }
  };
  const startPolling = (): void => {
    poll ??= setInterval(() => void ask(), POLL_MS);
  };
  const stopPolling = (): void => {
    clearInterval(poll);
    poll = undefined;
  };

  startPolling();
  void ask();
  const room = element.dataset["room"];
  if (room) void listen(room, element.dataset["event"] ?? "progress", show, startPolling, stopPolling);
}

async function listen(
  room: string,
  event: string,
  show: (value: unknown) => void,
  onLost: () => void,
  onJoined: () => void,
): Promise<void> {
  const { io } = await import("socket.io-client");
  const socket = io({ transports: ["websocket"] });
  socket.on("connect", () => {
    // Asking goes on until the server has answered that this person may listen here.
    socket.emit("join", { room }, (answer: unknown) => {
      if (typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === true) onJoined();
    });
  });
  socket.on(event, show);
  socket.on("disconnect", onLost);
  socket.on("connect_error", onLost);
}
