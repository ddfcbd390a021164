/** What a small picture of a candidate shows: the notes of the changed parts around the changed bars. */
import type { Cell, ScoreView } from "../lib/types";

export interface PictureNote {
  readonly part: number;
  readonly isNew: boolean;
  /** All 0 to 1: from the left, from below, as a share of the width. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const MOST_BARS = 16;
const MOST_NOTES = 600;

export function pictureOf(score: ScoreView, cells: readonly Cell[]): PictureNote[] {
  const bars = cells.map(([, bar]) => bar);
  const parts = new Set(cells.map(([part]) => part));
  const isAll = cells.length === 0;
  const first = isAll ? 0 : Math.min(...bars);
  const last = isAll ? score.bars.length - 1 : Math.max(...bars);
  const end = Math.min(score.bars.length - 1, last, first + MOST_BARS - 1);
  const from = score.bars[first]?.start_tick ?? 0;
  const to = score.bars[end]?.end_tick ?? score.end_tick;
  const fresh = new Set(cells.map(([part, bar]) => `${part}:${bar}`));
  const found: { part: number; bar: number; onset: number; duration: number; pitch: number }[] = [];
  for (const part of score.parts) {
    if (!isAll && !parts.has(part.index)) continue;
    let bar = first;
    for (const [onset, duration, pitch] of part.notes) {
      if (onset < from || onset >= to) continue;
      while (bar < end && onset >= (score.bars[bar]?.end_tick ?? Infinity)) bar += 1;
      found.push({ part: part.index, bar, onset, duration, pitch });
    }
  }
  const pitches = found.map((one) => one.pitch);
  const low = pitches.length > 0 ? Math.min(...pitches) : 0;
  const span = Math.max(8, (pitches.length > 0 ? Math.max(...pitches) : 0) - low);
  const length = Math.max(1, to - from);
  return found.slice(0, MOST_NOTES).map((one) => ({
    part: one.part,
    isNew: isAll || fresh.has(`${one.part}:${one.bar}`),
    x: (one.onset - from) / length,
    y: (one.pitch - low) / span,
    width: Math.min(one.duration, to - one.onset) / length,
  }));
}

/** Where listening begins: at the bar line before the first new bar. */
export function startOf(score: ScoreView, cells: readonly Cell[]): number {
  if (cells.length === 0) return 0;
  const first = Math.min(...cells.map(([, bar]) => bar));
  return score.bars[Math.max(0, Math.min(first, score.bars.length - 1))]?.start_tick ?? 0;
}
