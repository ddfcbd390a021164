/** Grids to draw, move and quantise on: step sizes in quarter notes and snapping inside bars. */

import type { BarView } from "../lib/types";
import { barAt } from "./geometry";

export const GRIDS = [
  { name: "1/1", qn: 4 },
  { name: "1/2", qn: 2 },
  { name: "1/4", qn: 1 },
  { name: "1/8", qn: 1 / 2 },
  { name: "1/16", qn: 1 / 4 },
  { name: "1/32", qn: 1 / 8 },
  { name: "1/4T", qn: 2 / 3 },
  { name: "1/8T", qn: 1 / 3 },
  { name: "1/16T", qn: 1 / 6 },
] as const;

export type GridName = (typeof GRIDS)[number]["name"];

/** Ticks of a grid's step, not rounded (a triplet of 25 ticks is 8.33); 0 when snapping is off. */
export function gridTick(name: string, resolution: number): number {
  return (GRIDS.find((one) => one.name === name)?.qn ?? 0) * resolution;
}

/** The grid line nearest to a tick (or at or before it), counted from the start of its bar. */
export function snapTick(
  bars: readonly BarView[], tick: number, step: number, how: "near" | "before" = "near",
): number {
  if (step <= 0) return Math.round(tick);
  const bar = bars[barAt(bars, tick)];
  const start = bar?.start_tick ?? 0;
  const steps = (tick - start) / step;
  const line = start + Math.round((how === "near" ? Math.round(steps) : Math.floor(steps + 1e-9)) * step);
  // The next bar's first line lies nearer than a line past this bar's end (7/8 on a quarter grid).
  const end = bar?.end_tick ?? Infinity;
  if (how === "near" && line > end - step / 2 && tick < end)
    return Math.abs(end - tick) < Math.abs(line - tick) || line > end ? end : line;
  return line;
}

/** A distance in ticks as a whole number of grid steps. */
export function snapShift(shift: number, step: number): number {
  return step <= 0 ? Math.round(shift) : Math.round(Math.round(shift / step) * step);
}
