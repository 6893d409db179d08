// What the person at this screen is doing; never shared as it is.
import { computed, signal } from "@preact/signals";
import type { Person } from "./model/people.js";
import type { Colour } from "./model/schema.js";

export type Tool = "select" | "hand" | "note";
export type SaveState = "connecting" | "saving" | "saved" | "offline";

/** What the server put into the page. */
export interface BoardData {
  readonly boardId: string;
  readonly syncPath: string;
  readonly csrfToken: string;
  readonly hideUrl: string;
  readonly reportUrl: string;
  readonly you: string;
  readonly yourName: string;
  readonly mayEdit: boolean;
  readonly mayModerate: boolean;
  readonly isLocked: boolean;
  readonly people: Readonly<Record<string, { readonly name: string; readonly colour: string }>>;
  readonly colours: readonly { readonly key: Colour; readonly label: string }[];
  readonly words: Readonly<Record<string, string>>;
  readonly icons: string;
}

export type BoardState = ReturnType<typeof makeState>;

export function makeState(data: BoardData) {
  const mayEdit = signal(data.mayEdit);
  const mayModerate = signal(data.mayModerate);
  const isLocked = signal(data.isLocked);
  const link = signal<"connecting" | "online" | "offline" | "removed">("connecting");
  const isUnsaved = signal(false);
  return {
    tool: signal<Tool>("select"),
    isSpaceHeld: signal(false),
    selection: signal<ReadonlySet<string>>(new Set()),
    editing: signal<string | null>(null),
    /** Notes that others write on, with who. */
    writers: signal<ReadonlyMap<string, string>>(new Map()),
    colour: signal<Colour>("sun"),
    /** Counts the document's changes, for panels that show something of it. */
    revision: signal(0),
    zoom: signal(1),
    canUndo: signal(false),
    canRedo: signal(false),
    people: signal<readonly Person[]>([]),
    /** The last refusal, as a sentence, until it is closed. */
    refusal: signal<string | null>(null),
    announcement: signal(""),
    mayEdit,
    mayModerate,
    isLocked,
    link,
    isUnsaved,
    /** Whether this person may change the board at this moment; offline too. */
    mayWrite: computed(() => mayEdit.value && (!isLocked.value || mayModerate.value) && link.value !== "removed"),
    saveState: computed<SaveState>(() => {
      if (link.value === "offline" || link.value === "removed") return "offline";
      if (isUnsaved.value) return "saving";
      return link.value === "connecting" ? "connecting" : "saved";
    }),
  };
}
