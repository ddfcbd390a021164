/** The roll's clipboard: notes relative to the line they were copied from. */

import type { BarView, NoteRow } from "../lib/types";
import type { Edited, Picked, Rows } from "./edit";
import { barAt } from "./geometry";
import { snapTick } from "./snap";

/** Copied notes: onsets count from the copied group's start on the grid, in ticks of `resolution`. */
export interface Clip {
  readonly resolution: number;
  readonly rows: readonly NoteRow[];
  readonly length: number;
}

/** The picked notes as a clip, or null where none is picked. */
export function copyClip(
  rows: Rows, picked: Picked, bars: readonly BarView[], step: number, resolution: number,
): Clip | null {
  const chosen = [...picked].flatMap((index) => (rows[index] ? [rows[index]] : []));
  if (chosen.length === 0) return null;
  const first = Math.min(...chosen.map((row) => row[0]));
  const end = Math.max(...chosen.map((row) => row[0] + row[1]));
  // From the grid line before the first note: an off-beat stays an off-beat when it is pasted.
  const home = bars.length > 0 ? snapTick(bars, first, step, "before") : first;
  return {
    resolution,
    rows: chosen
      .map((row): NoteRow => [row[0] - home, row[1], row[2], row[3]])
      .sort((a, b) => a[0] - b[0] || a[2] - b[2]),
    length: end - home,
  };
}

/** The rows with a clip added at a tick, optionally moved in pitch; the new notes are picked. */
export function pasteClip(
  rows: Rows, clip: Clip, tick: number, resolution: number, shiftSemi = 0,
): Edited {
  const scale = resolution / clip.resolution;
  const added = clip.rows.map((row): NoteRow => [
    Math.max(0, tick + Math.round(row[0] * scale)),
    Math.max(1, Math.round(row[1] * scale)),
    Math.min(127, Math.max(0, row[2] + shiftSemi)),
    row[3],
  ]);
  return {
    rows: [...rows, ...added],
    picked: new Set(added.map((_, k) => rows.length + k)),
  };
}

/** Where a clip goes: the grid line at the playhead, or the bar after it when it stands past the end. */
export function pasteTick(bars: readonly BarView[], tick: number, step: number): number {
  const last = bars[bars.length - 1];
  if (!last) return 0;
  const line = snapTick(bars, tick, step, "before");
  return Math.min(line, bars[barAt(bars, last.end_tick - 1)]?.start_tick ?? line);
}
