import { findPart } from "../lib/dom.js";

const YEAR_S = 365 * 24 * 3600;

/** The theme shown now: chosen, or the system's. */
export function currentTheme(): "light" | "dark" {
  const chosen = document.documentElement.dataset["bsTheme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Switches light and dark and remembers it in a cookie, which the server reads: no flash on the next page. */
export function themeToggle(element: HTMLElement): void {
  const label = findPart(element, "label");
  const show = (): void => {
    if (label !== null) label.textContent = element.dataset[currentTheme() === "dark" ? "toLight" : "toDark"] ?? "";
  };
  element.hidden = false;
  element.addEventListener("click", () => {
    const next = currentTheme() === "dark" ? "light" : "dark";
    document.documentElement.dataset["bsTheme"] = next;
    document.cookie = `theme=${next}; path=/; max-age=${YEAR_S}; samesite=lax`;
    show();
  });
  show();
}
