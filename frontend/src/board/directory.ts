// Names: of those here now, and of those who wrote what is on the board.
import type { Person } from "./model/people.js";
import type { BoardData } from "./state.js";

export class Directory {
  private readonly names = new Map<string, string>();
  private readonly byCursor = new Map<number, Person>();

  constructor(private readonly data: BoardData) {
    for (const [principal, person] of Object.entries(data.people)) this.names.set(principal, person.name);
    this.names.set(data.you, data.yourName);
  }

  list(): Person[] {
    return [...this.byCursor.values()];
  }

  at(cursor: number): Person | null {
    return this.byCursor.get(cursor) ?? null;
  }

  /** Take someone in; returns whether their name is news. */
  add(person: Person): boolean {
    this.byCursor.set(person.cursor, person);
    const isNews = this.names.get(person.id) !== person.name;
    this.names.set(person.id, person.name);
    return isNews;
  }

  remove(cursor: number): Person | null {
    const person = this.at(cursor);
    this.byCursor.delete(cursor);
    return person;
  }

  clear(): void {
    this.byCursor.clear();
  }

  nameOf(principal: string | null): string {
    return (principal === null ? undefined : this.names.get(principal)) ?? this.data.words["somebody"] ?? "";
  }
}
