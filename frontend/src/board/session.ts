// What the server says beside the document becomes state: people, lock, link, refusals.
import { batch } from "@preact/signals";
import { fill } from "../lib/dom.js";
import type { Directory } from "./directory.js";
import type { CursorMove, Person } from "./model/people.js";
import type { Peers } from "./render/peers.js";
import type { World } from "./render/world.js";
import type { BoardData, BoardState } from "./state.js";
import type { Link, SocketListener } from "./sync/board-socket.js";
import type { BoardEvent } from "./sync/wire.js";
import type { Commands } from "./tools/commands.js";

const REFUSALS: Readonly<Record<number, string>> = {
  1: "rejectedReadOnly",
  2: "rejectedLocked",
  3: "rejectedForged",
  4: "rejectedMalformed",
  5: "rejectedTooLarge",
  6: "rejectedTooFast",
  7: "rejectedMalformed",
  8: "rejectedStorage",
};

export class Session implements SocketListener {
  private ownCursor = -1;
  private hasBeenOnline = false;

  constructor(
    private readonly data: BoardData,
    private readonly state: BoardState,
    private readonly directory: Directory,
    private readonly world: World,
    private readonly peers: Peers,
    private readonly commands: Commands,
  ) {}

  link(link: Link): void {
    this.state.link.value = link;
    if (link === "online") {
      if (this.hasBeenOnline) this.say("backOnline");
      else this.commands.open();
      this.hasBeenOnline = true;
    } else {
      this.directory.clear();
      this.peers.clear();
      this.tellPeople();
      if (link === "offline" && this.hasBeenOnline) this.say("offlineText");
    }
  }

  unsaved(isUnsaved: boolean): void {
    this.state.isUnsaved.value = isUnsaved;
  }

  cursors(moves: readonly CursorMove[]): void {
    this.peers.move(moves.filter(({ cursor }) => cursor !== this.ownCursor));
  }

  rejected(code: number): void {
    this.state.refusal.value = this.data.words[REFUSALS[code] ?? "rejectedMalformed"] ?? "";
  }

  awareness(states: ReadonlyMap<number, Readonly<Record<string, unknown>>>, ownClient: number): void {
    const writers = new Map<string, string>();
    for (const [client, { id, editing }] of states) {
      if (client !== ownClient && typeof editing === "string" && typeof id === "string") {
        writers.set(editing, this.directory.nameOf(id));
      }
    }
    if (JSON.stringify([...writers]) !== JSON.stringify([...this.state.writers.value])) this.state.writers.value = writers;
  }

  event(event: BoardEvent): void {
    switch (event.type) {
      case "welcome":
        this.welcome(event);
        break;
      case "joined":
        this.joined(event.person);
        break;
      case "left":
        this.left(event.cursor);
        break;
      case "locked":
        this.state.isLocked.value = event.isLocked;
        this.say(event.isLocked ? "nowLocked" : "nowUnlocked");
        break;
    }
  }

  private welcome(event: Extract<BoardEvent, { type: "welcome" }>): void {
    this.ownCursor = event.you.cursor;
    this.directory.clear();
    this.peers.clear();
    for (const person of [...event.people, event.you]) this.directory.add(person);
    batch(() => {
      this.state.isLocked.value = event.isLocked;
      this.state.mayEdit.value = event.mayEdit;
      this.state.mayModerate.value = event.mayModerate;
      this.tellPeople();
    });
    this.world.refresh();
  }

  private joined(person: Person): void {
    const wasHere = this.directory.list().some(({ id }) => id === person.id);
    if (this.directory.add(person)) this.world.refresh();
    this.tellPeople();
    if (!wasHere) this.say("joined", { person: person.name });
  }

  private left(cursor: number): void {
    this.peers.remove(cursor);
    const person = this.directory.remove(cursor);
    this.tellPeople();
    const isGone = person !== null && !this.directory.list().some(({ id }) => id === person.id);
    if (isGone) this.say("left", { person: person.name });
  }

  private tellPeople(): void {
    this.state.people.value = this.directory.list();
  }

  private say(word: string, values: Record<string, string> = {}): void {
    this.state.announcement.value = fill(this.data.words[word] ?? "", values);
  }
}
