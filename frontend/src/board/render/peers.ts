// Where others point, with their names; nobody's own.
import type { CursorMove, Person } from "../model/people.js";
import type { Camera } from "./camera.js";

const SVG = "http://www.w3.org/2000/svg";
// A hand that rests is no news; it comes back with the next move.
const RESTING_MS = 20_000;

interface Peer {
  readonly element: HTMLElement;
  x: number;
  y: number;
  movedAt: number;
}

export class Peers {
  private readonly peers = new Map<number, Peer>();
  private isScheduled = false;

  constructor(
    private readonly layer: HTMLElement,
    private readonly camera: Camera,
    private readonly personAt: (cursor: number) => Person | null,
  ) {
    camera.onMove(() => this.schedule());
    window.setInterval(() => this.hideResting(), RESTING_MS / 4);
  }

  move(moves: readonly CursorMove[]): void {
    for (const { cursor, x, y } of moves) {
      const person = this.personAt(cursor);
      if (person === null) continue;
      const peer = this.peers.get(cursor) ?? this.mount(cursor, person);
      const isArriving = peer.element.hidden;
      Object.assign(peer, { x, y, movedAt: performance.now() });
      peer.element.hidden = false;
      // Who appears does not fly in from where they were last.
      if (isArriving) this.put(peer);
    }
    this.schedule();
  }

  remove(cursor: number): void {
    this.peers.get(cursor)?.element.remove();
    this.peers.delete(cursor);
  }

  clear(): void {
    for (const cursor of [...this.peers.keys()]) this.remove(cursor);
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      for (const peer of this.peers.values()) this.put(peer);
    });
  }

  private put(peer: Peer): void {
    const at = this.camera.toCanvas(peer.x, peer.y);
    peer.element.style.transform = `translate(${at.x}px, ${at.y}px)`;
  }

  private hideResting(): void {
    const now = performance.now();
    for (const peer of this.peers.values()) {
      if (now - peer.movedAt > RESTING_MS) peer.element.hidden = true;
    }
  }

  private mount(cursor: number, person: Person): Peer {
    const element = document.createElement("div");
    element.className = `peer p-${person.colour}`;
    const arrow = document.createElementNS(SVG, "svg");
    arrow.setAttribute("viewBox", "0 0 20 20");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", "M2 2l15 6.5-6.5 2L8.5 17z");
    arrow.append(path);
    const name = document.createElement("span");
    name.className = `c-${person.colour}`;
    name.textContent = person.name;
    element.append(arrow, name);
    element.hidden = true;
    this.layer.append(element);
    const peer = { element, x: 0, y: 0, movedAt: performance.now() };
    this.peers.set(cursor, peer);
    return peer;
  }
}
