/** From edited rows to one request: which bars changed, what a lock forbids, names of notes. */

import type { BarView, NoteRow, Op } from "../lib/types";
import { barAt } from "./geometry";
import type { Rows } from "./edit";

const keyOf = (row: NoteRow): string => `${row[0]}:${row[1]}:${row[2]}:${row[3]}`;

/** The name of a note in `studio.selection.notes`. */
export const noteId = (part: number, row: NoteRow): string => `${part}:${row[0]}:${row[2]}`;

/** The bars in which notes came, went or changed, in rising order. */
export function touchedBars(before: Rows, after: Rows, bars: readonly BarView[]): number[] {
  const count = new Map<string, number>();
  const onset = new Map<string, number>();
  for (const row of before) {
    const key = keyOf(row);
    count.set(key, (count.get(key) ?? 0) + 1);
    onset.set(key, row[0]);
  }
  for (const row of after) {
    const key = keyOf(row);
    count.set(key, (count.get(key) ?? 0) - 1);
    onset.set(key, row[0]);
  }
  const touched = new Set<number>();
  for (const [key, n] of count) if (n !== 0) touched.add(barAt(bars, onset.get(key) ?? 0));
  return [...touched].sort((a, b) => a - b);
}

/** Runs of neighbouring bars as half-open spans: [2, 3, 7] is [2, 4) and [7, 8). */
export function spansOf(bars: readonly number[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const bar of bars) {
    const last = spans[spans.length - 1];
    if (last && last[1] === bar) last[1] = bar + 1;
    else spans.push([bar, bar + 1]);
  }
  return spans;
}

/** The notes that begin in bars start to end. */
export function notesIn(
  rows: Rows, bars: readonly BarView[], start: number, end: number,
): NoteRow[] {
  const from = bars[start]?.start_tick ?? 0;
  // Whatever begins after the last bar's end belongs to it, as `barAt` has it.
  const until = end >= bars.length ? Infinity : (bars[end]?.start_tick ?? Infinity);
  return rows.filter((row) => row[0] >= from && row[0] < until);
}

/** The operations that turn one part's rows into others: one for each run of changed bars. */
export function changeOps(
  part: number, before: Rows, after: Rows, bars: readonly BarView[],
): Op[] {
  return spansOf(touchedBars(before, after, bars)).map(([start, end]) => ({
    op: "set_notes" as const,
    part,
    start_bar: start,
    end_bar: end,
    notes: notesIn(after, bars, start, end),
  }));
}

/** One lock as the project tells it. */
export interface LockCells {
  readonly layer: string;
  readonly cells: readonly (readonly number[])[];
}

/** The bars of a part that a whole, rhythm or pitch lock holds. */
export function lockedBars(locks: readonly LockCells[], part: number): Map<number, string[]> {
  const held = new Map<number, string[]>();
  for (const lock of locks) {
    if (lock.layer === "harmony") continue;
    for (const cell of lock.cells) {
      if (cell[0] !== part || cell[1] === undefined) continue;
      held.set(cell[1], [...(held.get(cell[1]) ?? []), lock.layer]);
    }
  }
  return held;
}

const rhythmOf = (rows: Rows): string =>
  [...new Set(rows.map((row) => `${row[0]}:${row[1]}`))].sort().join(" ");
const pitchesOf = (rows: Rows): string =>
  [...rows].sort((a, b) => a[0] - b[0] || a[2] - b[2]).map((row) => row[2]).join(" ");

/** The first bar in which an edit breaks a lock, or null where it keeps them all. */
export function brokenBar(
  before: Rows, after: Rows, bars: readonly BarView[], held: ReadonlyMap<number, string[]>,
): number | null {
  if (held.size === 0) return null;
  for (const bar of touchedBars(before, after, bars)) {
    for (const layer of held.get(bar) ?? []) {
      if (layer === "all") return bar;
      const [was, now] = [notesIn(before, bars, bar, bar + 1), notesIn(after, bars, bar, bar + 1)];
      const tell = layer === "rhythm" ? rhythmOf : pitchesOf;
      if (tell(was) !== tell(now)) return bar;
    }
  }
  return null;
}
