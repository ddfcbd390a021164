/** Played notes as rows: what was held when, over loops, quantised, put into what was there. */

import type { BarView, NoteRow } from "../lib/types";
import { quantise } from "../roll/edit";
import { barAt } from "../roll/geometry";

/** Collects notes while they are played. */
export class Take {
  readonly rows: NoteRow[] = [];
  /** The bars that went by while it was recorded, the first and the one after the last. */
  first = Infinity;
  last = -Infinity;
  #held = new Map<number, { onset: number; velocity: number }>();

  on(pitch: number, velocity: number, tick: number): void {
    this.off(pitch, tick, tick);
    this.#held.set(pitch, { onset: Math.max(0, Math.round(tick)), velocity });
  }

  /** A key let go; where the music has jumped back in between, the note ends where the loop did. */
  off(pitch: number, tick: number, loopEnd: number): void {
    const held = this.#held.get(pitch);
    if (!held) return;
    this.#held.delete(pitch);
    const end = Math.round(tick > held.onset ? tick : Math.max(loopEnd, held.onset + 1));
    this.rows.push([held.onset, Math.max(1, end - held.onset), pitch, held.velocity]);
  }

  /** The playhead was here. */
  pass(tick: number): void {
    this.first = Math.min(this.first, tick);
    this.last = Math.max(this.last, tick);
  }

  end(tick: number, loopEnd: number): void {
    for (const pitch of [...this.#held.keys()]) this.off(pitch, tick, loopEnd);
  }
}

export interface TakeOptions {
  readonly bars: readonly BarView[];
  readonly step: number;
  readonly strength: number;
  readonly isReplacing: boolean;
}

/** The notes of a part after a take: what was there (or not, in the recorded bars) and what was played. */
export function withTake(
  before: readonly NoteRow[], take: Take, options: TakeOptions,
): { rows: NoteRow[]; picked: Set<number> } {
  const { bars, step, strength, isReplacing } = options;
  const end = bars[bars.length - 1]?.end_tick ?? Infinity;
  const inside = take.rows.filter((row) => row[0] < end);
  const all = new Set(inside.keys());
  const fresh = step > 0 && strength > 0 ? quantise(inside, all, bars, step, strength) : inside;
  let kept = [...before];
  if (isReplacing && take.last >= take.first) {
    const from = bars[barAt(bars, take.first)]?.start_tick ?? 0;
    const until = bars[barAt(bars, take.last)]?.end_tick ?? Infinity;
    kept = kept.filter((row) => row[0] < from || row[0] >= until);
  }
  return {
    rows: [...kept, ...fresh],
    picked: new Set(fresh.map((_, k) => kept.length + k)),
  };
}
