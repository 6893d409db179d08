import { announceInput, fill, findPart, listParts } from "../lib/dom.js";

/**
 * Put a list in order by drag, by buttons or by keyboard.
 *
 * Parts: list (holds the items, each data-part="item" with data-name), in each item pos, grip and
 * buttons data-act="up|down|remove"; said (role=status). Sentences data-moved "{name} {place}",
 * data-removed "{name}". A place that becomes free is drawn from the <template> free-place, until
 * there are data-places. The order is that of the hidden inputs inside the items.
 */
export function rankList(element: HTMLElement): void {
  const list = findPart(element, "list");
  if (list === null) return;
  const items = (): HTMLElement[] => listParts(list, "item");
  const say = (sentence: string | undefined, item: HTMLElement): void => {
    const said = findPart(element, "said");
    if (said === null || sentence === undefined) return;
    said.textContent = fill(sentence, { name: item.dataset["name"] ?? "", place: items().indexOf(item) + 1 });
  };

  const places = Number(element.dataset["places"] ?? "0");
  const freePlace = findPart<HTMLTemplateElement>(element, "free-place");

  const renumber = (): void => {
    const all = items();
    const missing = places - all.length - listParts(list, "free").length;
    for (let count = 0; count < missing && freePlace !== null; count++) list.append(freePlace.content.cloneNode(true));
    all.forEach((item, index) => {
      const place = findPart(item, "pos");
      if (place !== null) place.textContent = String(index + 1);
      setDisabled(item, "up", index === 0);
      setDisabled(item, "down", index === all.length - 1);
    });
    listParts(list, "free").forEach((slot, index) => {
      const place = findPart(slot, "pos");
      if (place !== null) place.textContent = String(all.length + index + 1);
    });
  };

  const changed = (item: HTMLElement, sentence: string | undefined): void => {
    renumber();
    say(sentence, item);
    announceInput(list);
  };

  const move = (item: HTMLElement, step: -1 | 1): void => {
    const all = items();
    const neighbour = all[all.indexOf(item) + step];
    if (neighbour === undefined) return;
    const focused = document.activeElement;
    if (step < 0) neighbour.before(item);
    else neighbour.after(item);
    if (focused instanceof HTMLElement && item.contains(focused)) focused.focus();
    changed(item, element.dataset["moved"]);
    refocus(item, step);
  };

  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-act]") : null;
    const item = button?.closest<HTMLElement>('[data-part="item"]');
    if (!button || !item) return;
    event.preventDefault();
    const act = button.dataset["act"];
    if (act === "up") move(item, -1);
    if (act === "down") move(item, 1);
    if (act === "remove") {
      const next = item.nextElementSibling ?? item.previousElementSibling;
      say(element.dataset["removed"], item);
      item.remove();
      renumber();
      announceInput(list);
      next?.querySelector<HTMLElement>("button")?.focus();
    }
  });

  connectKeyboard(list, move);
  void connectDrag(list, changed, element);
  renumber();
}

function setDisabled(item: HTMLElement, act: string, isDisabled: boolean): void {
  const button = item.querySelector<HTMLButtonElement>(`[data-act="${act}"]`);
  if (button !== null) button.disabled = isDisabled;
}

/** A button that has just been disabled loses the focus; its neighbour takes it. */
function refocus(item: HTMLElement, step: number): void {
  const used = item.querySelector<HTMLButtonElement>(`[data-act="${step < 0 ? "up" : "down"}"]`);
  const other = item.querySelector<HTMLButtonElement>(`[data-act="${step < 0 ? "down" : "up"}"]`);
  if (used?.disabled && (document.activeElement === used || document.activeElement === document.body)) other?.focus();
}

/** Space on a grip lifts, arrows move, space or Enter or Escape puts down. */
function connectKeyboard(list: HTMLElement, move: (item: HTMLElement, step: -1 | 1) => void): void {
  list.addEventListener("keydown", (event) => {
    const grip = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-part="grip"]') : null;
    const item = grip?.closest<HTMLElement>('[data-part="item"]');
    if (!grip || !item) return;
    const isLifted = item.classList.contains("lifted");
    if (event.key === " " || event.key === "Enter" || (event.key === "Escape" && isLifted)) {
      event.preventDefault();
      item.classList.toggle("lifted");
      grip.setAttribute("aria-pressed", String(item.classList.contains("lifted")));
    } else if (isLifted && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(item, event.key === "ArrowUp" ? -1 : 1);
      grip.focus();
    }
  });
}

async function connectDrag(
  list: HTMLElement,
  changed: (item: HTMLElement, sentence: string | undefined) => void,
  element: HTMLElement,
): Promise<void> {
  const { default: Sortable } = await import("sortablejs");
  Sortable.create(list, {
    handle: '[data-part="grip"]',
    draggable: '[data-part="item"]',
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    chosenClass: "lifted",
    onEnd: (event) => {
      if (event.oldIndex !== event.newIndex) changed(event.item, element.dataset["moved"]);
    },
  });
}
