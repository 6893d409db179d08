import { fill } from "../lib/dom.js";

/** Letters as people count them: one for each letter, sign or picture, whatever its code. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Says how much room is left under a text field: data-max, sentences data-left and data-over with {n}. */
export function charCount(element: HTMLElement): void {
  if (!(element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement)) return;
  const most = Number(element.dataset["max"] ?? element.maxLength);
  if (!(most > 0)) return;
  const line = document.createElement("p");
  line.className = "count-left";
  element.after(line);
  const show = (): void => {
    const left = most - lengthOf(element.value);
    line.classList.toggle("over", left < 0);
    line.textContent = fill((left < 0 ? element.dataset["over"] : element.dataset["left"]) ?? "{n}", { n: Math.abs(left) });
    // Read out only near the end: a count at every letter would drown the field itself.
    if (left <= most / 10) line.setAttribute("role", "status");
    else line.removeAttribute("role");
  };
  element.addEventListener("input", show);
  show();
}
