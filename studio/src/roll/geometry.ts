/** Where things lie in the roll: areas of the canvas, the camera over ticks and pitches, grid lines.

Conventions: x and y are CSS pixels from the canvas's top left; ticks are the score's own; a row is one
pitch, the highest on top; spans are half-open. Nothing here draws.
*/

import type { BarView, NoteRow } from "../lib/types";

/** The strips around the note area, in pixels. */
export interface Areas {
  readonly width: number;
  readonly height: number;
  readonly keys: number;
  readonly ruler: number;
  readonly chords: number;
  readonly velocity: number;
}

/** What the window shows: its left edge in ticks, its top edge in rows, and the two zooms. */
export interface Camera {
  readonly tick: number;
  readonly row: number;
  readonly tickPx: number;
  readonly rowPx: number;
}

/** The pitches that have a row: all from `low` to `high`, both counted, or only those in `folded`. */
export interface Rows {
  readonly low: number;
  readonly high: number;
  /** Highest first; null when every pitch has its row. */
  readonly folded: readonly number[] | null;
}

export const countRows = (rows: Rows): number => rows.folded?.length ?? rows.high - rows.low + 1;
export const hasRow = (rows: Rows, pitch: number): boolean =>
  rows.folded ? rows.folded.includes(pitch) : pitch >= rows.low && pitch <= rows.high;
/** The row of a pitch from the top; of one without a row, the place where it would stand. */
export const rowOf = (rows: Rows, pitch: number): number =>
  rows.folded ? rows.folded.filter((one) => one > pitch).length : rows.high - pitch;
/** The pitch of a row. */
export function pitchOf(rows: Rows, row: number): number {
  if (!rows.folded) return rows.high - row;
  return rows.folded[Math.min(rows.folded.length - 1, Math.max(0, row))] ?? rows.high;
}

export type Region = "corner" | "ruler" | "chords" | "keys" | "notes" | "lane" | "velocity";

export const ROW_PX = { least: 7, most: 34 } as const;
export const BEAT_PX = { least: 3, most: 420 } as const;

export const noteTop = (areas: Areas): number => areas.ruler + areas.chords;
export const noteWidth = (areas: Areas): number => Math.max(1, areas.width - areas.keys);
export const noteHeight = (areas: Areas): number =>
  Math.max(1, areas.height - areas.ruler - areas.chords - areas.velocity);

export const xOf = (areas: Areas, camera: Camera, tick: number): number =>
  areas.keys + (tick - camera.tick) * camera.tickPx;
export const tickAt = (areas: Areas, camera: Camera, x: number): number =>
  camera.tick + (x - areas.keys) / camera.tickPx;
export const yOf = (areas: Areas, camera: Camera, rows: Rows, pitch: number): number =>
  noteTop(areas) + (rowOf(rows, pitch) - camera.row) * camera.rowPx;
export const pitchAt = (areas: Areas, camera: Camera, rows: Rows, y: number): number =>
  pitchOf(rows, Math.floor((y - noteTop(areas)) / camera.rowPx + camera.row));

/** Which strip a point lies in; the velocity strip's left end is its label. */
export function regionAt(areas: Areas, x: number, y: number): Region {
  if (y < noteTop(areas)) return x < areas.keys ? "corner" : y < areas.ruler ? "ruler" : "chords";
  if (y >= areas.height - areas.velocity) return x < areas.keys ? "lane" : "velocity";
  return x < areas.keys ? "keys" : "notes";
}

/** The ticks and pitches in sight, a little more than less. */
export function inSight(areas: Areas, camera: Camera, rows: Rows) {
  const top = Math.max(0, Math.floor(camera.row));
  const n = Math.ceil(noteHeight(areas) / camera.rowPx) + 1;
  return {
    start: camera.tick,
    end: camera.tick + noteWidth(areas) / camera.tickPx,
    high: pitchOf(rows, top),
    low: pitchOf(rows, Math.min(countRows(rows) - 1, top + n)),
  };
}

/** The rows of a part: a usual range, widened to what its notes need; folded, only what they use. */
export function rowsOf(notes: readonly NoteRow[], isDrums: boolean, isFolded = false): Rows {
  let low = isDrums ? 35 : 24;
  let high = isDrums ? 59 : 103;
  for (const [, , pitch] of notes) {
    if (pitch < low) low = pitch;
    if (pitch > high) high = pitch;
  }
  if (isFolded && notes.length > 0) {
    const used = [...new Set(notes.map((row) => row[2]))].sort((a, b) => b - a);
    return { low: used[used.length - 1]!, high: used[0]!, folded: used };
  }
  return { low: Math.max(0, low), high: Math.min(127, high), folded: null };
}

const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most));

/** The camera kept over the score: half a window of room after its end. */
export function clampCamera(
  areas: Areas, camera: Camera, rows: Rows, endTick: number, resolution: number,
): Camera {
  const least = Math.min(BEAT_PX.least, noteWidth(areas) / Math.max(1, endTick / resolution));
  const tickPx = clamp(camera.tickPx * resolution, least, BEAT_PX.most) / resolution;
  const rowPx = clamp(camera.rowPx, ROW_PX.least, ROW_PX.most);
  const room = noteWidth(areas) / tickPx;
  const spare = countRows(rows) - noteHeight(areas) / rowPx;
  return {
    tickPx,
    rowPx,
    tick: clamp(camera.tick, 0, endTick - room + Math.min(room / 2, endTick * 0.05)),
    // A part with fewer rows than the window has room for stands in the middle.
    row: spare <= 0 ? spare / 2 : clamp(camera.row, 0, spare),
  };
}

/** The camera zoomed in time by a factor, the tick under `x` staying where it is. */
export function zoomTime(areas: Areas, camera: Camera, factor: number, x: number): Camera {
  const anchor = tickAt(areas, camera, x);
  const tickPx = camera.tickPx * factor;
  return { ...camera, tickPx, tick: anchor - (x - areas.keys) / tickPx };
}

/** The camera zoomed in pitch by a factor, the row under `y` staying where it is. */
export function zoomPitch(areas: Areas, camera: Camera, factor: number, y: number): Camera {
  const rowPx = clamp(camera.rowPx * factor, ROW_PX.least, ROW_PX.most);
  const anchor = (y - noteTop(areas)) / camera.rowPx + camera.row;
  return { ...camera, rowPx, row: anchor - (y - noteTop(areas)) / rowPx };
}

/** The camera that shows a span of ticks and pitches whole, with some air. */
export function fit(
  areas: Areas, rows: Rows, span: { start: number; end: number; low: number; high: number },
): Camera {
  const length = Math.max(1, span.end - span.start);
  const tickPx = noteWidth(areas) / (length * 1.02);
  const [top, bottom] = [rowOf(rows, span.high), rowOf(rows, span.low)];
  const nRows = bottom - top + (rows.folded ? 2 : 7);
  const rowPx = clamp(noteHeight(areas) / nRows, ROW_PX.least, rows.folded ? 30 : 22);
  const middle = (top + bottom) / 2 + 0.5;
  return { tick: span.start, tickPx, rowPx, row: middle - noteHeight(areas) / rowPx / 2 };
}

/** The camera moved sideways just enough, or to a page turn, so that a tick is in sight. */
export function follow(areas: Areas, camera: Camera, tick: number): Camera {
  const room = noteWidth(areas) / camera.tickPx;
  if (tick >= camera.tick && tick < camera.tick + room * 0.94) return camera;
  return { ...camera, tick: Math.max(0, tick - room * 0.06) };
}

/** The camera moved so that a cell (tick and pitch) is in sight, staying put where it already is. */
export function reveal(
  areas: Areas, camera: Camera, rows: Rows, tick: number, pitch: number,
): Camera {
  const room = noteWidth(areas) / camera.tickPx;
  const tall = noteHeight(areas) / camera.rowPx;
  const row = rowOf(rows, pitch);
  const isAside = tick < camera.tick || tick > camera.tick + room * 0.95;
  const isOver = row < camera.row + 0.5 || row > camera.row + tall - 1.5;
  return {
    ...camera,
    tick: isAside ? Math.max(0, tick - room * 0.25) : camera.tick,
    row: isOver ? row - tall / 2 : camera.row,
  };
}

/** The bar that holds a tick; the last one for anything later. */
export function barAt(bars: readonly BarView[], tick: number): number {
  let low = 0;
  let high = bars.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((bars[middle]?.start_tick ?? Infinity) <= tick) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface Line {
  readonly tick: number;
  readonly level: "bar" | "beat" | "step";
  readonly bar: number;
}

/** Beats of a bar as steps in quarter notes: three eighths in compound metres, else one lower figure. */
export function beatQn(metre: string): number {
  const [upper = 4, lower = 4] = metre.split("/").map(Number);
  const isCompound = lower >= 8 && upper % 3 === 0 && upper > 3;
  return (isCompound ? 3 : 1) * (4 / (lower || 4));
}

/** The vertical lines in sight: bars, beats where there is room, steps where there is more.

`skip` tells how many bars lie between two bar numbers so that the numbers do not touch.
*/
export function gridLines(
  bars: readonly BarView[],
  resolution: number,
  stepTick: number,
  tickPx: number,
  start: number,
  end: number,
): Line[] {
  const lines: Line[] = [];
  for (let index = barAt(bars, start); index < bars.length; index++) {
    const bar = bars[index]!;
    if (bar.start_tick > end) break;
    lines.push({ tick: bar.start_tick, level: "bar", bar: index });
    const beat = beatQn(bar.metre) * resolution;
    if (beat * tickPx < 9) continue;
    const step = stepTick > 0 && stepTick < beat && stepTick * tickPx >= 7 ? stepTick : beat;
    for (let k = 1; bar.start_tick + Math.round(k * step) < bar.end_tick; k++) {
      const offset = k * step;
      const isBeat = Math.abs(offset / beat - Math.round(offset / beat)) < 1e-6;
      const tick = bar.start_tick + Math.round(offset);
      if (tick >= start - beat) lines.push({ tick, level: isBeat ? "beat" : "step", bar: index });
    }
  }
  return lines;
}

/** Every how many bars a number is written, so that numbers stand at least `least` pixels apart. */
export function numberEvery(barPx: number, least = 44): number {
  for (const n of [1, 2, 4, 8, 16, 32, 64]) if (n * barPx >= least) return n;
  return 128;
}
