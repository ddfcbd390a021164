/** What is selected, by names. */
import type { Cell } from "../lib/types";

export interface Selection {
  /** "part:bar" */
  cells: Set<string>;
  /** "part:onset_tick:pitch" */
  notes: Set<string>;
}

export function cellsOf(selection: Selection): Cell[] {
  return [...selection.cells].map((cell) => {
    const [part, bar] = cell.split(":").map(Number);
    return [part ?? 0, bar ?? 0] as const;
  });
}

/** Each number once, in order. */
export const sorted = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);
