import { fill, pageLanguage } from "../lib/dom.js";

const UNITS = ["kilobyte", "megabyte"] as const;

/** A size as a person says it: 340 kB, 2.1 MB. */
export function sizeText(bytes: number, language = "en"): string {
  const power = bytes < 1_000_000 ? 0 : 1;
  const amount = bytes / 1000 ** (power + 1);
  const format = { style: "unit", unit: UNITS[power], maximumFractionDigits: power } as Intl.NumberFormatOptions;
  return new Intl.NumberFormat(language, format).format(amount);
}

/** Shows what was chosen in a file field; data-max-bytes and data-too-large "{name}" warn before sending. */
export function filePreview(element: HTMLElement): void {
  if (!(element instanceof HTMLInputElement)) return;
  const list = document.createElement("ul");
  list.className = "previews";
  const region = document.createElement("div");
  region.setAttribute("role", "status");
  region.append(list);
  element.after(region);
  const most = Number(element.dataset["maxBytes"] ?? Number.POSITIVE_INFINITY);
  element.addEventListener("change", () => {
    const files = [...(element.files ?? [])];
    list.replaceChildren(...files.map((file) => entry(file, file.size > most, element.dataset["tooLarge"])));
    const isTooLarge = files.some((file) => file.size > most);
    element.setCustomValidity(isTooLarge ? (element.dataset["tooLarge"] ?? " ") : "");
  });
}

function entry(file: File, isTooLarge: boolean, warning: string | undefined): HTMLElement {
  const item = document.createElement("li");
  if (/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)) {
    const image = document.createElement("img");
    image.alt = "";
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src));
    item.append(image);
  }
  const size = sizeText(file.size, pageLanguage());
  const text = isTooLarge && warning ? fill(warning, { name: file.name, size }) : `${file.name}, ${size}`;
  item.classList.toggle("over", isTooLarge);
  item.append(text);
  return item;
}
