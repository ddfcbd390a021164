/** Where cells lie, and what is in them: pure geometry and an index of notes by part and bar. */
import { barAt } from "../lib/time";
import type { LockView, NoteRow, PartView, ScoreView } from "../lib/types";

export const ROW = 76;
export const GAP = 3;
export const LEAST_BAR = 44;
export const MOST_BAR = 320;

/** The notes of a part by the bar of their onset, and the range that its tiles show. */
export interface PartCells {
  readonly bars: readonly (readonly NoteRow[])[];
  /** What began in an earlier bar and still sounds. */
  readonly tails: readonly (readonly NoteRow[])[];
  readonly low: number;
  readonly high: number;
}

const cache = new WeakMap<PartView, { readonly score: ScoreView; readonly cells: PartCells }>();

/** The notes of a part, bar by bar; kept for as long as part and bars are the same. */
export function cellsOf(score: ScoreView, part: PartView): PartCells {
  const known = cache.get(part);
  if (known && known.score.bars === score.bars) return known.cells;
  const bars: NoteRow[][] = score.bars.map(() => []);
  const tails: NoteRow[][] = score.bars.map(() => []);
  let [low, high] = [127, 0];
  for (const note of part.notes) {
    const bar = barAt(score, note[0]);
    if (bar) {
      bars[bar.index]?.push(note);
      for (let k = bar.index + 1; k < score.bars.length && score.bars[k]!.start_tick < note[0] + note[1]; k++) tails[k]!.push(note);
    }
    low = Math.min(low, note[2]);
    high = Math.max(high, note[2]);
  }
  if (low > high) [low, high] = [60, 72];
  const missing = Math.max(0, 12 - (high - low));
  const cells = { bars, tails, low: low - Math.floor(missing / 2), high: high + Math.ceil(missing / 2) };
  cache.set(part, { score, cells });
  return cells;
}

export const keyOf = (part: number, bar: number): string => `${part}:${bar}`;

/** The layers that are locked in each cell: "part:bar" to their names. */
export function lockedCells(locks: readonly LockView[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const lock of locks) {
    for (const [part, bar] of lock.cells) {
      const key = keyOf(part, bar);
      const layers = found.get(key) ?? new Set();
      layers.add(lock.layer);
      found.set(key, layers);
    }
  }
  return found;
}

/** Cells whose notes differ between two scores of the same shape. */
export function changedCells(before: ScoreView | null, after: ScoreView | null): Set<string> {
  const found = new Set<string>();
  if (!before || !after || before === after) return found;
  for (const [k, part] of after.parts.entries()) {
    const old = before.parts[k];
    if (old === part) continue;
    const [now, then] = [cellsOf(after, part).bars, old ? cellsOf(before, old).bars : []];
    for (const [bar, notes] of now.entries()) {
      if (!isSame(notes, then[bar] ?? [])) found.add(keyOf(k, bar));
    }
  }
  return found;
}

function isSame(a: readonly NoteRow[], b: readonly NoteRow[]): boolean {
  return a.length === b.length && a.every((note, k) => note.every((value, at) => value === b[k]![at]));
}

/** All cells of a rectangle between two cells. */
export function rectangle(a: readonly [number, number], b: readonly [number, number]): Set<string> {
  const found = new Set<string>();
  for (let part = Math.min(a[0], b[0]); part <= Math.max(a[0], b[0]); part++) {
    for (let bar = Math.min(a[1], b[1]); bar <= Math.max(a[1], b[1]); bar++) found.add(keyOf(part, bar));
  }
  return found;
}

/** Numbers as people write them: "1-4, 7". */
export function spans(numbers: readonly number[]): string {
  const found: string[] = [];
  let start = 0;
  for (const [k, number] of numbers.entries()) {
    if (numbers[k + 1] === number + 1) continue;
    const first = numbers[start]!;
    found.push(first === number ? `${number}` : `${first}-${number}`);
    start = k + 1;
  }
  return found.join(", ");
}

/** The width of a bar at which so many fit into a width. */
export function fitBar(width: number, n: number): number {
  return Math.max(LEAST_BAR, Math.min(MOST_BAR, Math.floor(width / Math.max(1, n))));
}

/** The first and the last index (half-open) of equal steps that are seen. */
export function seen(offset: number, extent: number, step: number, n: number, more = 1): [number, number] {
  const first = Math.max(0, Math.floor(offset / step) - more);
  return [Math.min(first, n), Math.min(n, Math.ceil((offset + extent) / step) + more)];
}
