/** Which notes of the page sound at a tick, and the names that notes have on the page.

Conventions: a note is named "part:onset:pitch" as in `studio.selection.notes`; on the page its element has
the id "n-part-onset-pitch", with "-2", "-3" added where it is tied on.
*/

import type { NoteRow } from "../lib/types";

export interface Sounding {
  readonly name: string;
  readonly onset: number;
  readonly end: number;
}

/** The note that an element of the page shows; null for any other element. */
export function nameOfElement(id: string): string | null {
  const match = /^n-(\d+)-(\d+)-(\d+)(?:-\d+)?$/.exec(id);
  return match ? `${match[1]}:${match[2]}:${match[3]}` : null;
}

/** The bar that an element of the page shows; null for any other element. */
export function barOfElement(id: string): number | null {
  const match = /^b-(\d+)$/.exec(id);
  return match ? Number(match[1]) : null;
}

/** All notes of a score by onset. */
export class Timeline {
  readonly #notes: Sounding[];
  readonly #longest: number;

  constructor(parts: readonly { readonly notes: readonly NoteRow[] }[]) {
    this.#notes = parts.flatMap((part, k) => (part.notes).map(
      ([onset, duration, pitch]) => ({ name: `${k}:${onset}:${pitch}`, onset, end: onset + duration }),
    ));
    this.#notes.sort((a, b) => a.onset - b.onset);
    this.#longest = this.#notes.reduce((most, note) => Math.max(most, note.end - note.onset), 0);
  }

  /** The names of the notes that sound at a tick. */
  at(tick: number): Set<string> {
    const found = new Set<string>();
    for (let k = this.#first(tick - this.#longest); k < this.#notes.length; k++) {
      const note = this.#notes[k]!;
      if (note.onset > tick) break;
      if (note.end > tick) found.add(note.name);
    }
    return found;
  }

  #first(tick: number): number {
    let low = 0;
    let high = this.#notes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#notes[middle]!.onset < tick) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What came and what went between two sets. */
export function difference(before: ReadonlySet<string>, after: ReadonlySet<string>) {
  return {
    came: [...after].filter((one) => !before.has(one)),
    went: [...before].filter((one) => !after.has(one)),
  };
}

/** The elements of all pages that stand for notes; colours them. */
export class Marks {
  readonly #elements = new Map<string, Element[]>();
  readonly #shown = new Map<string, ReadonlySet<string>>();

  /** Take the notes of a page in; gives back how to let go of them. */
  add(page: Element, selector: string, nameOf: (element: Element) => string | null): () => void {
    const mine: [string, Element][] = [];
    for (const element of page.querySelectorAll(selector)) {
      const name = nameOf(element);
      if (name === null) continue;
      const list = this.#elements.get(name) ?? [];
      list.push(element);
      this.#elements.set(name, list);
      mine.push([name, element]);
      for (const [mark, names] of this.#shown) element.classList.toggle(mark, names.has(name));
    }
    return () => {
      for (const [name, element] of mine) {
        const left = (this.#elements.get(name) ?? []).filter((one) => one !== element);
        if (left.length > 0) this.#elements.set(name, left);
        else this.#elements.delete(name);
      }
    };
  }

  /** Give a class to the named notes and take it from those that had it. */
  show(mark: string, names: ReadonlySet<string>): void {
    const { came, went } = difference(this.#shown.get(mark) ?? new Set(), names);
    for (const name of went) for (const one of this.#elements.get(name) ?? []) one.classList.remove(mark);
    for (const name of came) for (const one of this.#elements.get(name) ?? []) one.classList.add(mark);
    this.#shown.set(mark, new Set(names));
  }

  find(name: string): Element | null {
    return this.#elements.get(name)?.[0] ?? null;
  }
}
