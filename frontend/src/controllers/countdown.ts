import { findPart } from "../lib/dom.js";

export interface Units {
  day: string;
  hour: string;
  minute: string;
  second: string;
}

/** The two largest units of a time span, seconds only in the last hour. */
export function unitsLeft(left_s: number, units: Units): [number, string][] {
  const days = Math.floor(left_s / 86400);
  const hours = Math.floor(left_s / 3600);
  const minutes = Math.floor(left_s / 60);
  if (days >= 2) return [[days, units.day], [hours % 24, units.hour]];
  if (hours >= 1) return [[hours, units.hour], [minutes % 60, units.minute]];
  return [[minutes, units.minute], [left_s % 60, units.second]];
}

/** 2:47:09, as on the hall's clock. */
export function clockText(left_s: number): string {
  const two = (amount: number): string => String(amount).padStart(2, "0");
  const hours = Math.floor(left_s / 3600);
  const rest = `${two(Math.floor(left_s / 60) % 60)}:${two(left_s % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Tick towards data-until. data-now is the server's clock, so that a wrong clock here does no harm. */
export function countdown(element: HTMLElement): void {
  const shown = findPart(element, "left");
  const until_ms = Date.parse(element.dataset["until"] ?? "");
  if (shown === null || Number.isNaN(until_ms)) return;
  const server_ms = Date.parse(element.dataset["now"] ?? "");
  const ahead_ms = Number.isNaN(server_ms) ? 0 : Date.now() - server_ms;
  const isClock = element.dataset["form"] === "clock";
  const units: Units = {
    day: element.dataset["day"] ?? "",
    hour: element.dataset["hour"] ?? "",
    minute: element.dataset["minute"] ?? "",
    second: element.dataset["second"] ?? "",
  };

  const show = (): void => {
    if (!element.isConnected) {
      clearInterval(timer);
      return;
    }
    const left_s = Math.max(0, Math.round((until_ms - Date.now() + ahead_ms) / 1000));
    if (left_s === 0) {
      clearInterval(timer);
      shown.textContent = element.dataset["over"] ?? "";
    } else if (isClock) {
      shown.textContent = clockText(left_s);
    } else {
      shown.replaceChildren(...unitsLeft(left_s, units).flatMap(([amount, unit]) => [number(amount), small(unit)]));
    }
  };
  const timer = setInterval(show, 1000);
  show();
}

function number(amount: number): HTMLElement {
  const element = document.createElement("span");
  element.className = "num";
  element.textContent = String(amount);
  return element;
}

function small(unit: string): HTMLElement {
  const element = document.createElement("small");
  element.textContent = unit;
  return element;
}
