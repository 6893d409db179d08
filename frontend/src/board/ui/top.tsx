// What the bar above the board tells: whether all is saved, and who is here.
import type { JSX } from "preact";
import { fill } from "../../lib/dom.js";
import { initials } from "../model/people.js";
import type { Person } from "../model/people.js";
import type { BoardData, BoardState, SaveState } from "../state.js";
import { Icon } from "./icon.js";

interface Props {
  readonly data: BoardData;
  readonly state: BoardState;
}

const LOOKS: Readonly<Record<SaveState, { readonly icon: string; readonly kind: string }>> = {
  saved: { icon: "check", kind: "accent" },
  saving: { icon: "up", kind: "" },
  connecting: { icon: "clock", kind: "" },
  offline: { icon: "warn", kind: "warm" },
};
const FACES = 5;

export function SaveTag({ data: { words }, state }: Props): JSX.Element {
  const save = state.saveState.value;
  const { icon, kind } = LOOKS[save];
  return (
    <span class={`tag ${kind}`} data-state={save}>
      <Icon name={icon} />
      <span class="label">{words[save]}</span>
    </span>
  );
}

/** Each person once, however many tabs they have open. */
export function distinct(people: readonly Person[]): Person[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

export function People({ data: { words, you }, state }: Props): JSX.Element | null {
  const people = distinct(state.people.value);
  if (people.length === 0) return null;
  const names = people.map(({ id, name }) => (id === you ? `${name} (${words["you"] ?? ""})` : name)).join(", ");
  const label = fill(words["people"] ?? "", { names });
  return (
    <span class="avatars" role="img" aria-label={label} title={label}>
      {people.slice(0, FACES).map(({ id, name, colour }) => (
        <span key={id} class={`avatar sm c-${colour}`} aria-hidden="true">
          {initials(name)}
        </span>
      ))}
      {people.length > FACES && <span class="avatar sm c-stone" aria-hidden="true">{`+${people.length - FACES}`}</span>}
    </span>
  );
}

/** What stands in the way: a refusal, no connection, a lock, looking only. The gravest is shown. */
export function Banner({ data: { words }, state }: Props): JSX.Element | null {
  if (state.refusal.value !== null) {
    return (
      <div class="banner bad" role="alert">
        <Icon name="warn" />
        <span>{state.refusal.value}</span>
        <button type="button" class="btn btn-quiet btn-sm" onClick={() => (state.refusal.value = null)}>
          {words["close"]}
        </button>
      </div>
    );
  }
  const message = obstacle(state);
  if (message === null) return null;
  return (
    <div class={`banner ${message.kind}`} role="status">
      <Icon name={message.icon} />
      <span>{words[message.word]}</span>
    </div>
  );
}

function obstacle(state: BoardState): { word: string; icon: string; kind: string } | null {
  if (state.link.value === "removed") return { word: "removed", icon: "warn", kind: "bad" };
  if (state.link.value === "offline") return { word: "offlineText", icon: "warn", kind: "warm" };
  if (!state.mayEdit.value) return { word: "readOnly", icon: "eye", kind: "" };
  if (state.isLocked.value) return { word: state.mayModerate.value ? "lockedForOthers" : "locked", icon: "lock", kind: "" };
  return null;
}
