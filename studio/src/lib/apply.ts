/** Edits as the page shows them before the server has answered. */
import type { NoteRow, Op, PartView, ScoreView } from "./types";

/** The score after operations whose outcome is plain; others wait for the server. */
export function applyOps(score: ScoreView, ops: readonly Op[]): ScoreView {
  return ops.reduce(applyOp, score);
}

function applyOp(score: ScoreView, op: Op): ScoreView {
  switch (op.op) {
    case "set_notes":
      return withPart(score, op.part, (part) => ({
        ...part,
        notes: replaced(part.notes, op.notes, spanOf(score, op.start_bar, op.end_bar)),
      }));
    case "clear_cells": {
      const span = spanOf(score, op.start_bar, op.end_bar);
      return op.parts.reduce(
        (now, k) => withPart(now, k, (part) => ({ ...part, notes: replaced(part.notes, [], span) })),
        score,
      );
    }
    case "set_part": {
      const { op: _op, part: index, ...facts } = op;
      return withPart(score, index, (part) => ({ ...part, ...given(facts) }));
    }
    case "set_chord": {
      const others = score.chords.filter((chord) => chord.tick !== op.tick);
      const more = op.symbol ? [{ tick: op.tick, symbol: op.symbol, roman: "" }] : [];
      return { ...score, chords: [...others, ...more].sort((a, b) => a.tick - b.tick) };
    }
    case "set_tempo": {
      const others = score.tempos.filter((tempo) => tempo.tick !== op.tick);
      const tempos = [...others, { tick: op.tick, qpm: op.qpm }].sort((a, b) => a.tick - b.tick);
      return { ...score, tempos, qpm: op.tick === 0 ? op.qpm : score.qpm };
    }
    default:
      return score;
  }
}

type Span = readonly [start: number, end: number];

/** The ticks of bars; everything without bars. The last bar has no end, so that nothing is left behind. */
function spanOf(score: ScoreView, start?: number, end?: number): Span {
  const first = start === undefined ? -Infinity : (score.bars[start]?.start_tick ?? Infinity);
  const after = end === undefined || end >= score.bars.length ? Infinity : score.bars[end]!.start_tick;
  return [first, after];
}

function replaced(old: readonly NoteRow[], fresh: readonly NoteRow[], [start, end]: Span): NoteRow[] {
  const kept = old.filter(([onset]) => onset < start || onset >= end);
  return [...kept, ...fresh].sort((a, b) => a[0] - b[0] || a[2] - b[2]);
}

function withPart(score: ScoreView, index: number, change: (part: PartView) => PartView): ScoreView {
  if (!score.parts[index]) return score;
  return { ...score, parts: score.parts.map((part, k) => (k === index ? change(part) : part)) };
}

const given = (facts: object): object =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== null));

/** A score with finished bars put in: what a running job has written so far. */
export function withBars(
  score: ScoreView,
  bars: readonly number[],
  parts: readonly { readonly part: number; readonly notes: readonly NoteRow[] }[],
): ScoreView {
  return parts.reduce(
    (now, { part: index, notes }) =>
      withPart(now, index, (part) => ({
        ...part,
        notes: replaced(bars.reduce((rest, bar) => replaced(rest, [], spanOf(score, bar, bar + 1)), [...part.notes]), notes, [Infinity, Infinity]),
      })),
    score,
  );
}
