/** Finding notes: an index by time, the note under a point, the notes in a rectangle. */

import type { NoteRow } from "../lib/types";
import { xOf, yOf, type Areas, type Camera, type Rows as PitchRows } from "./geometry";

/** The rows of a part by onset, with what a quick search needs. */
export interface NoteIndex {
  readonly rows: readonly NoteRow[];
  readonly longest: number;
}

/** An index over rows that are sorted by onset (the server sends them so). */
export function indexNotes(rows: readonly NoteRow[]): NoteIndex {
  let longest = 0;
  let isSorted = true;
  for (let k = 0; k < rows.length; k++) {
    longest = Math.max(longest, rows[k]![1]);
    if (k > 0 && rows[k]![0] < rows[k - 1]![0]) isSorted = false;
  }
  return { rows: isSorted ? rows : [...rows].sort((a, b) => a[0] - b[0]), longest };
}

/** The place of the first row with an onset at or after a tick. */
export function firstAt(rows: readonly NoteRow[], tick: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]![0] < tick) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the rows that may sound between two ticks begin and end (some before may have ended). */
export function sliceOf(index: NoteIndex, start: number, end: number): [number, number] {
  return [firstAt(index.rows, start - index.longest), firstAt(index.rows, end)];
}

const merged = new WeakMap<object, Map<number, NoteIndex>>();

/** Fewer, longer rows for a view so far away that neighbours of one pitch touch: what is painted instead.

Notes of one pitch with less than a gap between them become one; gaps go in powers of two, so that a zoom
asks for few different ones, and each is worked out once for a list of notes.
*/
export function fromAfar(index: NoteIndex, tickPx: number, gapPx = 2): NoteIndex {
  const gap = 2 ** Math.floor(Math.log2(gapPx / tickPx));
  if (index.rows.length < 300 || gap < 32) return index;
  let known = merged.get(index.rows);
  if (!known) merged.set(index.rows, (known = new Map<number, NoteIndex>()));
  let found = known.get(gap);
  if (!found) {
    const open = new Map<number, [number, number, number, number]>();
    const rows: NoteRow[] = [];
    for (const row of index.rows) {
      const last = open.get(row[2]);
      if (last && row[0] - last[0] - last[1] < gap) last[1] = Math.max(last[1], row[0] + row[1] - last[0]);
      else {
        const fresh: [number, number, number, number] = [...row];
        open.set(row[2], fresh);
        rows.push(fresh);
      }
    }
    known.set(gap, (found = indexNotes(rows)));
  }
  return found;
}

export type Zone = "body" | "start" | "end";

export interface Hit {
  readonly index: number;
  readonly zone: Zone;
}

/** How wide a note's grip for resizing is: never more than a third of it. */
export function gripPx(widthPx: number, isTouch: boolean): number {
  return Math.min(isTouch ? 16 : 8, widthPx / 3);
}

/** The note under a point, the one drawn last first; notes thinner than 5 px get a little room. */
export function hitNote(
  rows: readonly NoteRow[], areas: Areas, camera: Camera, pitchRows: PitchRows, x: number, y: number,
  isTouch = false,
): Hit | null {
  const slack = isTouch ? 6 : 2;
  let best: Hit | null = null;
  let bestGap = Infinity;
  for (let index = rows.length - 1; index >= 0; index--) {
    const row = rows[index]!;
    const top = yOf(areas, camera, pitchRows, row[2]);
    if (y < top || y >= top + camera.rowPx) continue;
    const left = xOf(areas, camera, row[0]);
    const width = Math.max(3, row[1] * camera.tickPx);
    const gap = Math.max(left - x, x - (left + width), 0);
    if (gap > slack || gap >= bestGap) continue;
    const grip = gripPx(width, isTouch);
    const zone = width < 7 ? (x > left + width / 2 ? "end" : "body")
      : x >= left + width - grip ? "end" : x < left + grip ? "start" : "body";
    best = { index, zone };
    bestGap = gap;
    if (gap === 0) break;
  }
  return best;
}

/** The rows that a rectangle of ticks and pitches touches. */
export function inBox(
  rows: readonly NoteRow[],
  box: { start: number; end: number; low: number; high: number },
): Set<number> {
  const found = new Set<number>();
  rows.forEach((row, index) => {
    if (row[2] >= box.low && row[2] <= box.high && row[0] < box.end && row[0] + row[1] > box.start)
      found.add(index);
  });
  return found;
}

/** The bar of the velocity lane nearest to x, picked notes before others; null when none is near. */
export function velocityNear(
  rows: readonly NoteRow[], picked: ReadonlySet<number>, areas: Areas, camera: Camera, x: number,
  reach = 8,
): number | null {
  let best: number | null = null;
  let bestGap = reach + 0.001;
  rows.forEach((row, index) => {
    const gap = Math.abs(xOf(areas, camera, row[0]) + 3 - x) - (picked.has(index) ? 0.5 : 0);
    if (gap < bestGap) {
      bestGap = gap;
      best = index;
    }
  });
  return best;
}
