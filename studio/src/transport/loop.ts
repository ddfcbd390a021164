/** Which bars a loop goes over. */
import { barAt } from "../lib/time";
import type { ScoreView } from "../lib/types";

/** First and last bar index: the selected bars, else the section at the playhead, else four bars from it. */
export function loopBars(score: ScoreView, selected: readonly number[], tick: number): readonly [number, number] {
  if (selected.length > 0) return [Math.min(...selected), Math.max(...selected)];
  const here = barAt(score, tick)?.index ?? 0;
  const section = score.sections.find(({ bar, n_bars }) => bar <= here && here < bar + n_bars);
  const isLong = section === undefined || section.n_bars > 16;
  if (!isLong) return [section.bar, section.bar + section.n_bars - 1];
  return [here, Math.min(score.bars.length - 1, here + 3)];
}

/** The ticks of bars, the last one included; kept within the score. */
export function spanOfBars(score: ScoreView, from: number, to: number): { start: number; end: number } {
  const most = score.bars.length - 1;
  const first = Math.max(0, Math.min(most, from));
  const last = Math.max(first, Math.min(most, to));
  return { start: score.bars[first]!.start_tick, end: score.bars[last]!.end_tick };
}
