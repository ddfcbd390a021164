/** The velocity lane: heights, dragging bars, ramps, and shades of notes. */

import type { NoteRow } from "../lib/types";
import { clampVelocity, type Picked, type Rows } from "./edit";

/** The velocity that a height in the lane stands for; the lane's top is 127. */
export function velocityAt(y: number, top: number, height: number): number {
  return clampVelocity(((top + height - y) / Math.max(1, height)) * 127);
}

/** The rows with the given ones at a velocity. */
export function setVelocity(rows: Rows, which: Picked, velocity: number): NoteRow[] {
  const loudness = clampVelocity(velocity);
  return rows.map((row, k) => (which.has(k) ? [row[0], row[1], row[2], loudness] : row));
}

/** The rows with the given ones louder or softer by a number of steps. */
export function shiftVelocity(rows: Rows, which: Picked, by: number): NoteRow[] {
  return rows.map((row, k) =>
    which.has(k) ? [row[0], row[1], row[2], clampVelocity(row[3] + by)] : row);
}

/** The rows with a straight line of velocities laid over those whose onset lies between two ticks.

Where notes are picked, only they change, as long as one of them lies under the line. A hand is not exact:
notes up to `reach` ticks beside the line get the velocity of its end.
*/
export function ramp(
  rows: Rows, picked: Picked, from: { tick: number; velocity: number },
  to: { tick: number; velocity: number }, reach = 0,
): NoteRow[] {
  const [left, right] = from.tick <= to.tick ? [from, to] : [to, from];
  const isUnder = (row: NoteRow) => row[0] >= left.tick - reach && row[0] <= right.tick + reach;
  const onlyPicked = [...picked].some((index) => rows[index] && isUnder(rows[index]));
  const length = Math.max(1, right.tick - left.tick);
  return rows.map((row, index) => {
    if (!isUnder(row) || (onlyPicked && !picked.has(index))) return row;
    const share = Math.min(1, Math.max(0, (row[0] - left.tick) / length));
    const loudness = left.velocity + (right.velocity - left.velocity) * share;
    return [row[0], row[1], row[2], clampVelocity(loudness)];
  });
}

export const N_SHADES = 8;

/** Which of the eight shades a velocity is painted in, 0 the palest. */
export function shadeOf(velocity: number): number {
  return Math.min(N_SHADES - 1, Math.floor((velocity / 128) * N_SHADES));
}
