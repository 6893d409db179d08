import type { JSX } from "preact";

let sprite = "";

/** Say where the sprite lies; its address carries a hash, so the page tells it. */
export function useSprite(address: string): void {
  sprite = address;
}

/** An icon from the sprite; always beside words or in a labelled button. */
export function Icon({ name }: { readonly name: string }): JSX.Element {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
