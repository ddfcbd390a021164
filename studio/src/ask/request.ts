/** Requests as plain values: bars in words, options without what was left as it is, locked cells. */
import type { Cell, LockView, TaskRow } from "../lib/types";

export const SLIDERS = ["energy", "brightness", "tension", "density", "surprise"] as const;
export type Slider = (typeof SLIDERS)[number];

/** Numbers of bars as "3-6,8". */
export function spansOf(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const number of sorted) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

/** The options of a task that were moved from what is usual, and those that it cannot do without. */
export function usualOptions(task: TaskRow | null, moved: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const option of task?.options ?? []) {
    const value = moved[option.name] ?? option.default;
    const isEmpty = value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    const isNeeded = option.name === "to" || option.name === "ensemble" || option.name === "texture" || option.name === "bars";
    const isUsual = JSON.stringify(value) === JSON.stringify(option.default);
    if (!isEmpty && (isNeeded || !isUsual)) found[option.name] = value;
  }
  return found;
}

/** How many of some cells are locked wholly. */
export function lockedCount(cells: readonly Cell[], locks: readonly LockView[]): number {
  const held = new Set(locks.filter((lock) => lock.layer === "all").flatMap((lock) => lock.cells.map(([part, bar]) => `${part}:${bar}`)));
  return cells.filter(([part, bar]) => held.has(`${part}:${bar}`)).length;
}

/** Which of the words for a slider's place. */
export function degreeOf(value: number): 0 | 1 | 2 | 3 {
  const size = Math.abs(value);
  return size < 0.05 ? 0 : size < 0.4 ? 1 : size < 0.8 ? 2 : 3;
}
