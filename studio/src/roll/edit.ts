/** What can be done to notes: pure functions from rows to rows.

Conventions: a row is [onset_tick, duration_tick, pitch, velocity]; `picked` holds indexes into the rows;
functions keep indexes where they can, so that the picked notes stay picked; `settle` sorts at the end.
*/

import type { BarView, NoteRow } from "../lib/types";
import { barAt } from "./geometry";
import { snapTick } from "./snap";

export type Rows = readonly NoteRow[];
type Mutable = [onset: number, duration: number, pitch: number, velocity: number];
export type Picked = ReadonlySet<number>;

/** Rows and which of them are picked. */
export interface Edited {
  readonly rows: NoteRow[];
  readonly picked: Set<number>;
}

export const clampPitch = (pitch: number): number => Math.min(127, Math.max(0, pitch));
export const clampVelocity = (velocity: number): number =>
  Math.min(127, Math.max(1, Math.round(velocity)));

const change = (rows: Rows, picked: Picked, turn: (row: NoteRow, index: number) => NoteRow) =>
  rows.map((row, index) => (picked.has(index) ? turn(row, index) : row));

/** The picked rows moved together; the whole group stops at the edges, so its shape stays. */
export function move(
  rows: Rows, picked: Picked, shiftTick: number, shiftSemi: number, endTick = Infinity,
): NoteRow[] {
  let first = Infinity;
  let last = 0;
  let low = 127;
  let high = 0;
  for (const index of picked) {
    const row = rows[index];
    if (!row) continue;
    first = Math.min(first, row[0]);
    last = Math.max(last, row[0]);
    low = Math.min(low, row[2]);
    high = Math.max(high, row[2]);
  }
  const dx = Math.max(-first, Math.min(shiftTick, Math.max(0, endTick - 1 - last)));
  const dy = Math.max(-low, Math.min(shiftSemi, 127 - high));
  return change(rows, picked, ([onset, duration, pitch, velocity]) => [
    onset + dx, duration, pitch + dy, velocity,
  ]);
}

/** The picked rows with their start or end moved; none gets shorter than `least` ticks. */
export function resize(
  rows: Rows, picked: Picked, edge: "start" | "end", shiftTick: number, least: number,
): NoteRow[] {
  return change(rows, picked, ([onset, duration, pitch, velocity]) => {
    const shortest = Math.min(duration, Math.max(1, Math.round(least)));
    if (edge === "end") return [onset, Math.max(shortest, duration + shiftTick), pitch, velocity];
    const start = Math.max(0, Math.min(onset + shiftTick, onset + duration - shortest));
    return [start, duration + onset - start, pitch, velocity];
  });
}

/** The rows without the picked ones. */
export function erase(rows: Rows, picked: Picked): NoteRow[] {
  return rows.filter((_, index) => !picked.has(index));
}

/** The picked rows once more, `shiftTick` later; the copies are picked. */
export function copyBy(rows: Rows, picked: Picked, shiftTick = 0, shiftSemi = 0): Edited {
  const copies = [...picked]
    .sort((a, b) => a - b)
    .flatMap((index): NoteRow[] => {
      const row = rows[index];
      return row ? [[row[0] + shiftTick, row[1], clampPitch(row[2] + shiftSemi), row[3]]] : [];
    });
  const all = [...rows, ...copies];
  return { rows: all, picked: new Set(copies.map((_, k) => rows.length + k)) };
}

/** How far a duplicate goes: whole bars for a group of half a bar or more, whole beats for less. */
export function duplicateShift(
  rows: Rows, picked: Picked, bars: readonly BarView[], beatTick: number,
): number {
  let start = Infinity;
  let end = 0;
  for (const index of picked) {
    const row = rows[index];
    if (!row) continue;
    start = Math.min(start, row[0]);
    end = Math.max(end, row[0] + row[1]);
  }
  if (end <= 0) return 0;
  const first = bars[barAt(bars, start)];
  // An eighth of a beat past the bar line is a loose hand, not another bar.
  const last = bars[barAt(bars, Math.max(start, end - beatTick / 8 - 1))];
  const span = end - start;
  if (first && last && span * 2 >= first.end_tick - first.start_tick)
    return last.end_tick - first.start_tick;
  return Math.max(1, Math.ceil(span / beatTick - 0.125)) * beatTick;
}

/** The picked onsets drawn to the grid: strength 1 puts them on it, 0.5 half of the way. */
export function quantise(
  rows: Rows, picked: Picked, bars: readonly BarView[], step: number, strength: number,
  alsoEnds = false,
): NoteRow[] {
  if (step <= 0) return [...rows];
  return change(rows, picked, ([onset, duration, pitch, velocity]) => {
    const start = Math.max(0, Math.round(onset + (snapTick(bars, onset, step) - onset) * strength));
    if (!alsoEnds) return [start, duration, pitch, velocity];
    const line = Math.max(snapTick(bars, onset + duration, step), Math.round(start + step));
    const end = Math.round(onset + duration + (line - onset - duration) * strength);
    return [start, Math.max(1, end - start), pitch, velocity];
  });
}

/** The picked rows held until the next picked onset (chords together); the last keeps its length. */
export function legato(rows: Rows, picked: Picked): NoteRow[] {
  const onsets = [...new Set([...picked].map((index) => rows[index]?.[0] ?? 0))].sort((a, b) => a - b);
  const next = new Map(onsets.map((onset, k) => [onset, onsets[k + 1]]));
  return change(rows, picked, ([onset, duration, pitch, velocity]) => {
    const until = next.get(onset);
    return [onset, until === undefined ? duration : until - onset, pitch, velocity];
  });
}

/** The rows sorted, with same-pitch overlaps that an edit made taken away.

Where a picked note meets another of its pitch, the earlier one ends as the later begins; one that
begins at the same tick as a picked note gives way to it. Overlaps that stood before are left alone.
*/
export function settle(rows: Rows, picked: Picked, endTick = Infinity): Edited {
  const marked = rows.map((row, index) => ({ row: [...row] as Mutable, isPicked: picked.has(index) }));
  const byPitch = new Map<number, typeof marked>();
  for (const one of marked) {
    const list = byPitch.get(one.row[2]);
    if (list) list.push(one);
    else byPitch.set(one.row[2], [one]);
  }
  const gone = new Set<(typeof marked)[number]>();
  for (const list of byPitch.values()) {
    if (!list.some((one) => one.isPicked)) continue;
    list.sort((a, b) => a.row[0] - b.row[0] || Number(a.isPicked) - Number(b.isPicked));
    for (let k = 0; k < list.length; k++) {
      const one = list[k]!;
      for (let m = k + 1; m < list.length; m++) {
        const other = list[m]!;
        if (other.row[0] >= one.row[0] + one.row[1]) break;
        if (!one.isPicked && !other.isPicked) continue;
        if (other.row[0] === one.row[0]) gone.add(one);
        else one.row[1] = other.row[0] - one.row[0];
      }
    }
  }
  const kept = marked.filter((one) => !gone.has(one) && one.row[0] < endTick);
  kept.sort((a, b) => a.row[0] - b.row[0] || a.row[2] - b.row[2] || a.row[1] - b.row[1]);
  return {
    rows: kept.map(({ row }) =>
      row[0] + row[1] > endTick ? [row[0], endTick - row[0], row[2], row[3]] : row),
    picked: new Set(kept.flatMap((one, index) => (one.isPicked ? [index] : []))),
  };
}
