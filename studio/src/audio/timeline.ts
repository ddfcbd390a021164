/** A score as a line of time: which notes and beats lie between two ticks, and how long ticks last. */
import type { BarView, NoteRow, ScoreView } from "../lib/types";

export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly secondsPerTick: number;
}

export interface Beat {
  readonly tick: number;
  /** The first of its bar. */
  readonly isFirst: boolean;
}

export interface PartNote {
  readonly part: number;
  readonly row: NoteRow;
}

export class Timeline {
  readonly end: number;
  readonly #stretches: Stretch[];
  readonly #rows: readonly (readonly NoteRow[])[];

  constructor(readonly score: ScoreView) {
    const tempos = score.tempos.length > 0 ? score.tempos : [{ tick: 0, qpm: score.qpm || 120 }];
    this.#stretches = tempos.map(({ tick, qpm }, k) => ({
      start: k === 0 ? 0 : tick,
      end: tempos[k + 1]?.tick ?? Infinity,
      secondsPerTick: 60 / (qpm * score.resolution),
    }));
    this.#rows = score.parts.map((part) => [...part.notes].sort((a, b) => a[0] - b[0]));
    this.end = Math.max(score.end_tick, score.bars.at(-1)?.end_tick ?? 0);
  }

  /** The stretch of one tempo that a tick lies in. */
  stretchAt(tick: number): Stretch {
    return this.#stretches.findLast(({ start }) => start <= tick) ?? this.#stretches[0]!;
  }

  /** The seconds from one tick to a later one. */
  secondsBetween(from: number, to: number): number {
    let seconds = 0;
    for (const { start, end, secondsPerTick } of this.#stretches) {
      const [a, b] = [Math.max(from, start), Math.min(to, end)];
      if (b > a) seconds += (b - a) * secondsPerTick;
    }
    return seconds;
  }

  /** The notes that begin between two ticks, the second left out. */
  *notes(from: number, to: number): Generator<PartNote> {
    for (const [part, rows] of this.#rows.entries()) {
      for (let k = firstFrom(rows, from); k < rows.length && rows[k]![0] < to; k++) yield { part, row: rows[k]! };
    }
  }

  /** The notes that have begun before a tick and last beyond it. */
  *held(tick: number): Generator<PartNote> {
    for (const [part, rows] of this.#rows.entries()) {
      if (this.score.parts[part]!.is_drums) continue;
      for (const row of rows) {
        if (row[0] >= tick) break;
        if (row[0] + row[1] > tick) yield { part, row };
      }
    }
  }

  /** The beats between two ticks, the second left out. */
  *beats(from: number, to: number): Generator<Beat> {
    for (const bar of this.score.bars) {
      if (bar.end_tick <= from) continue;
      if (bar.start_tick >= to) break;
      const step = beatTicks(bar, this.score.resolution);
      for (let tick = bar.start_tick; tick < bar.end_tick - 1; tick += step) {
        if (tick >= from && tick < to) yield { tick, isFirst: tick === bar.start_tick };
      }
    }
  }

  /** The first line of a bar at or after a tick; the end of the piece for the last bar. */
  nextBar(tick: number): number {
    for (const bar of this.score.bars) if (bar.start_tick >= tick) return bar.start_tick;
    return this.end;
  }

  barAt(tick: number): BarView | null {
    return this.score.bars.findLast((bar) => bar.start_tick <= tick) ?? this.score.bars[0] ?? null;
  }
}

/** The ticks of a beat: what is counted, three eighths in 6/8, 9/8 and 12/8. */
export function beatTicks(bar: BarView, resolution: number): number {
  const [count = 4, unit = 4] = bar.metre.split("/").map(Number);
  const one = (resolution * 4) / (unit || 4);
  return unit === 8 && count > 3 && count % 3 === 0 ? 3 * one : one;
}

/** The first row that begins at a tick or later. */
function firstFrom(rows: readonly NoteRow[], tick: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]![0] < tick) low = middle + 1;
    else high = middle;
  }
  return low;
}
