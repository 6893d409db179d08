// Who is on a board: the server's word, each connection with its cursor.

export interface Person {
  readonly cursor: number;
  /** The principal's id; two tabs of one person share it. */
  readonly id: string;
  readonly name: string;
  readonly colour: string;
}

/** Where a connection points, in world pixels. */
export interface CursorMove {
  readonly cursor: number;
  readonly x: number;
  readonly y: number;
}

/** Up to two letters for an avatar, in any script. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? "")][0] ?? "").join("").toUpperCase() || "?";
}
