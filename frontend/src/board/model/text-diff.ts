// What a person changed in a textarea, as one replacement; and where a caret goes when others type.

export interface Replacement {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;
const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

/**
 * Find the one replacement that makes `after` from `before`.
 * `caret` is where the caret stands afterwards: typing "a" into "aa" is told apart by it.
 */
export function difference(before: string, after: string, caret: number): Replacement | null {
  if (before === after) return null;
  const tailMax = Math.min(before.length, after.length, after.length - Math.min(caret, after.length));
  let tail = 0;
  while (tail < tailMax && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const headMax = Math.min(before.length, after.length) - tail;
  let head = 0;
  while (head < headMax && before[head] === after[head]) head += 1;
  // Half a character is no character: Yjs would store it as a replacement sign.
  if (head > 0 && isHighSurrogate(before.charCodeAt(head - 1))) head -= 1;
  if (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail -= 1;
  return { at: head, removed: before.length - tail - head, inserted: after.slice(head, after.length - tail) };
}

/** One step of a change that somebody else made to a text (Yjs' delta). */
export interface DeltaStep {
  readonly retain?: number;
  readonly insert?: unknown;
  readonly delete?: number;
}

/** Return where a position in a text moves to when others' change is applied. */
export function movedCaret(position: number, delta: readonly DeltaStep[]): number {
  let at = 0;
  let moved = position;
  for (const step of delta) {
    if (step.retain !== undefined) {
      at += step.retain;
    } else if (step.delete !== undefined) {
      moved -= Math.max(0, Math.min(step.delete, moved - at));
    } else if (typeof step.insert === "string") {
      // What others write right at the caret goes behind it.
      if (at < moved) moved += step.insert.length;
      at += step.insert.length;
    }
  }
  return moved;
}
