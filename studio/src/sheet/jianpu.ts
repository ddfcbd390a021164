/** Numbered notation (jianpu) of one line of melody: which figure, how many lines, dashes and dots.

Conventions: a written time counts in 24ths of a quarter note. "1" is the major tonic of the key signature,
so A minor is written in 1=C with 6 as its home; the octave without dots is the one the melody lives in.
Source: Li Chongguang (李重光), 音乐理论基础 (人民音乐出版社), the section on numbered notation.
*/

import type { BarView, NoteRow } from "../lib/types";
import { spell } from "../roll/scale";

export const UNIT = 24;

/** One written figure: a number or a rest, with its value. */
export interface Figure {
  readonly bar: number;
  /** Where it begins in its bar, in 24ths of a quarter note. */
  readonly at: number;
  readonly length: number;
  readonly degree: number;
  readonly sign: string;
  readonly octave: number;
  readonly lines: number;
  readonly dashes: number;
  readonly dots: number;
  /** 3 for a triplet, 6 for a sextuplet, 0 else. */
  readonly tuplet: number;
  /** Bound to the figure before. */
  readonly isTied: boolean;
  readonly note: NoteRow | null;
}

interface Span {
  start: number;
  end: number;
  note: NoteRow | null;
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;

/** The pitch class of "1" in a key signature. */
export const doPc = (fifths: number): number => mod(fifths * 7, 12);

/** The letter of "1": F♯ for six sharps. */
export const doName = (fifths: number): string => spell(doPc(fifths), fifths);

const DEGREES: Record<number, readonly [number, string]> = {
  [-4]: [6, "♭"], [-3]: [3, "♭"], [-2]: [7, "♭"], [-1]: [4, ""], 0: [1, ""], 1: [5, ""], 2: [2, ""],
  3: [6, ""], 4: [3, ""], 5: [7, ""], 6: [4, "♯"], 7: [1, "♯"],
};
const STEPS = [0, 0, 2, 4, 5, 7, 9, 11];

/** The figure of a pitch: degree, sign before it, octaves above (or below) the one without dots. */
export function degreeOf(pitch: number, fifths: number, home: number) {
  const pc = mod(pitch - doPc(fifths), 12);
  const place = Object.keys(DEGREES).map(Number).find((one) => mod(one * 7, 12) === pc) ?? 0;
  const [degree, sign] = DEGREES[place]!;
  const shift = sign === "♯" ? 1 : sign === "♭" ? -1 : 0;
  return { degree, sign, octave: Math.round((pitch - home - STEPS[degree]! - shift) / 12) };
}

/** The pitch of "1" in the octave where the melody's middle note lies. */
export function homePitch(rows: readonly NoteRow[], fifths: number): number {
  const sorted = rows.map((row) => row[2]).sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] ?? 60;
  return middle - mod(middle - doPc(fifths), 12);
}

const GRIDS: readonly (readonly [step: number, price: number])[] = [[6, 0], [8, 0.5], [3, 1.4], [4, 1.4]];

/** The grid on which a beat's onsets fit best: sixteenths, triplets, 32nds or sextuplets. */
function gridOf(offsets: readonly number[]): number {
  let best = 6;
  let least = Infinity;
  for (const [step, price] of GRIDS) {
    const cost = offsets.reduce((sum, at) => sum + Math.abs(at - Math.round(at / step) * step), 0)
      + price * offsets.length;
    if (cost < least - 1e-9) [best, least] = [step, cost];
  }
  return best;
}

/** The top line of a part as spans on written times, rests between them. */
function spansOf(rows: readonly NoteRow[], resolution: number, endTick: number): Span[] {
  const top = new Map<number, NoteRow>();
  for (const row of rows) {
    const known = top.get(row[0]);
    if (row[0] < endTick && (!known || row[2] > known[2])) top.set(row[0], row);
  }
  const line = [...top.values()].sort((a, b) => a[0] - b[0]);
  const scale = UNIT / resolution;
  const byBeat = new Map<number, number[]>();
  for (const [onset] of line) {
    const beat = Math.floor((onset * scale) / UNIT);
    byBeat.set(beat, [...(byBeat.get(beat) ?? []), onset * scale - beat * UNIT]);
  }
  const grids = new Map([...byBeat].map(([beat, offsets]) => [beat, gridOf(offsets)]));
  const onGrid = (at: number): number => {
    const step = grids.get(Math.floor(at / UNIT + 1e-9)) ?? 6;
    return Math.round(at / step) * step;
  };
  const spans: Span[] = [];
  for (const row of line) {
    const start = onGrid(row[0] * scale);
    const last = spans[spans.length - 1];
    // Two onsets on one written time: the later sounds shorter than can be written; the first stays.
    if (last && last.start >= start) continue;
    if (last && last.end > start) last.end = start;
    const end = Math.max(start + 3, onGrid((row[0] + row[1]) * scale));
    if (last && start - last.end > 0 && start - last.end < 12) last.end = start;
    spans.push({ start, end: Math.min(end, Math.round(endTick * scale)), note: row });
  }
  const whole: Span[] = [];
  let at = 0;
  for (const span of spans) {
    if (span.start > at) whole.push({ start: at, end: span.start, note: null });
    if (span.end > span.start) whole.push(span);
    at = Math.max(at, span.end);
  }
  const end = Math.round(endTick * scale);
  if (at < end) whole.push({ start: at, end, note: null });
  return whole;
}

interface Value {
  readonly length: number;
  readonly lines: number;
  readonly dots: number;
  readonly dashes: number;
  readonly tuplet: number;
}

const VALUES: readonly Value[] = [
  { length: 24, lines: 0, dots: 0, dashes: 0, tuplet: 0 },
  { length: 18, lines: 1, dots: 1, dashes: 0, tuplet: 0 },
  { length: 16, lines: 0, dots: 0, dashes: 0, tuplet: 3 },
  { length: 12, lines: 1, dots: 0, dashes: 0, tuplet: 0 },
  { length: 9, lines: 2, dots: 1, dashes: 0, tuplet: 0 },
  { length: 8, lines: 1, dots: 0, dashes: 0, tuplet: 3 },
  { length: 6, lines: 2, dots: 0, dashes: 0, tuplet: 0 },
  { length: 4, lines: 2, dots: 0, dashes: 0, tuplet: 6 },
  { length: 3, lines: 3, dots: 0, dashes: 0, tuplet: 0 },
];

/** The values that a stretch of a bar is written in, each beginning where the last one ends. */
export function valuesOf(at: number, length: number, isRest: boolean, beat = UNIT): Value[] {
  const written: Value[] = [];
  let place = at;
  let rest = length;
  while (rest > 0) {
    const value = nextValue(place, rest, isRest, beat);
    written.push(value);
    place += value.length;
    rest -= value.length;
  }
  return written;
}

function nextValue(place: number, rest: number, isRest: boolean, beat: number): Value {
  const plain = (length: number, dots: number, dashes: number): Value =>
    ({ length, lines: 0, dots, dashes, tuplet: 0 });
  const off = mod(place, UNIT);
  if (beat === 36) {
    // Compound time: a dotted quarter is one beat, longer ones are bound beat by beat.
    if (mod(place, 36) === 0 && rest >= 36) return plain(36, 1, 0);
    const room = Math.min(rest, 36 - mod(place, 36));
    return VALUES.find((one) => one.length <= room) ?? tiny(rest);
  }
  if (off === 0 && !isRest && rest >= 48) return plain(rest - mod(rest, UNIT), 0, Math.floor(rest / UNIT) - 1);
  if (off === 0 && !isRest && rest === 36) return plain(36, 1, 0);
  if (off === 12 && !isRest && rest === 24) return plain(24, 0, 0);
  const room = Math.min(rest, UNIT - off);
  const isThird = mod(off, 6) !== 0 || mod(room, 3) !== 0;
  const fitting = VALUES.find((one) =>
    one.length <= room && (isThird ? one.tuplet > 0 || one.length === 24 : one.tuplet === 0));
  return fitting ?? VALUES.find((one) => one.length <= room) ?? tiny(rest);
}

const tiny = (length: number): Value => ({ length, lines: 3, dots: 0, dashes: 0, tuplet: 0 });

/** The figures of a melody, bar by bar. */
export function writeJianpu(
  rows: readonly NoteRow[], bars: readonly BarView[], resolution: number, fifths: number,
): Figure[][] {
  const endTick = bars[bars.length - 1]?.end_tick ?? 0;
  const home = homePitch(rows, fifths);
  const spans = spansOf(rows, resolution, endTick);
  const scale = UNIT / resolution;
  let next = 0;
  return bars.map((bar) => {
    const start = Math.round(bar.start_tick * scale);
    const end = Math.round(bar.end_tick * scale);
    const beat = isCompound(bar.metre) ? 36 : UNIT;
    const figures: Figure[] = [];
    while (next > 0 && (spans[next]?.start ?? 0) > start) next--;
    while (next < spans.length && spans[next]!.end <= start) next++;
    for (let k = next; k < spans.length && spans[k]!.start < end; k++)
      figures.push(...figuresOf(spans[k]!, bar.index, start, end, beat, fifths, home));
    return figures;
  });
}

const isCompound = (metre: string): boolean => {
  const [upper = 4, lower = 4] = metre.split("/").map(Number);
  return lower === 8 && upper % 3 === 0 && upper > 3;
};

function figuresOf(
  span: Span, bar: number, start: number, end: number, beat: number, fifths: number, home: number,
): Figure[] {
  const from = Math.max(span.start, start);
  const pitch = span.note ? degreeOf(span.note[2], fifths, home) : { degree: 0, sign: "", octave: 0 };
  let at = from - start;
  return valuesOf(at, Math.min(span.end, end) - from, span.note === null, beat).map((value, k) => {
    const isTied = span.note !== null && (k > 0 || span.start < start);
    const figure = { bar, at, note: span.note, isTied, ...value, ...pitch };
    at += value.length;
    return isTied ? { ...figure, sign: "" } : figure;
  });
}
