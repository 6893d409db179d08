import { pageLanguage } from "../lib/dom.js";

/** Read a date pattern of the server ("EEE d MMM y, HH:mm") as what Intl calls options. */
export function optionsOf(pattern: string): Intl.DateTimeFormatOptions {
  const options: Intl.DateTimeFormatOptions = {};
  if (/E/.test(pattern)) options.weekday = /EEEE/.test(pattern) ? "long" : "short";
  if (/y/.test(pattern)) options.year = "numeric";
  if (/M/.test(pattern)) options.month = /MMMM/.test(pattern) ? "long" : /MMM/.test(pattern) ? "short" : "numeric";
  if (/d/.test(pattern)) options.day = "numeric";
  if (/[Hh]/.test(pattern)) {
    options.hour = "2-digit";
    options.minute = "2-digit";
    options.hourCycle = "h23";
  }
  return options;
}

/** Rewrite a <time datetime> in the viewer's zone; data-fixed leaves it in the event's. */
export function localTime(element: HTMLElement): void {
  const moment = new Date(element.getAttribute("datetime") ?? "");
  if (Number.isNaN(moment.getTime()) || element.dataset["fixed"] !== undefined) return;
  const options = optionsOf(element.dataset["format"] ?? "d MMM y, HH:mm");
  element.textContent = new Intl.DateTimeFormat(pageLanguage(), options).format(moment);
  element.title = new Intl.DateTimeFormat(pageLanguage(), { dateStyle: "full", timeStyle: "long" }).format(moment);
}
