/** Ticks, seconds and bars of a score. */
import type { BarView, ScoreView } from "./types";

/** The bar that a tick lies in; the last one for later ticks. Null for a score without bars. */
export function barAt(score: ScoreView, tick: number): BarView | null {
  const { bars } = score;
  let [low, high] = [0, bars.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bars[middle]!.start_tick <= tick) low = middle;
    else high = middle - 1;
  }
  return bars[low] ?? null;
}

/** The seconds from the beginning to a tick, by the tempi on the way. */
export function tickToSeconds(score: ScoreView, tick: number): number {
  let seconds = 0;
  for (const { start, end, perTick } of stretches(score)) {
    if (tick <= start) break;
    seconds += (Math.min(tick, end) - start) * perTick;
  }
  return seconds;
}

/** The tick that is reached after some seconds, whole. */
export function secondsToTick(score: ScoreView, seconds: number): number {
  let left = Math.max(0, seconds);
  for (const { start, end, perTick } of stretches(score)) {
    const long = (end - start) * perTick;
    if (left <= long) return Math.round(start + left / perTick);
    left -= long;
  }
  return score.end_tick;
}

/** Stretches of one tempo; the last one has no end. */
function* stretches(score: ScoreView): Generator<{ start: number; end: number; perTick: number }> {
  const tempos = score.tempos.length > 0 ? score.tempos : [{ tick: 0, qpm: score.qpm || 120 }];
  for (const [k, { tick, qpm }] of tempos.entries()) {
    const start = k === 0 ? 0 : tick;
    yield { start, end: tempos[k + 1]?.tick ?? Infinity, perTick: 60 / (qpm * score.resolution) };
  }
}

/** "2:07" of seconds. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
