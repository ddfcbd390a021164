/** Geometry of the grid, by hand. */
import { describe, expect, it } from "vitest";
import type { NoteRow, ScoreView } from "../lib/types";
import { valueAt, withPoint } from "./emotion";
import { cellsOf, changedCells, lockedCells, rectangle, seen, spans } from "./layout";
import { tickToX } from "./paint";

function score(...notes: NoteRow[]): ScoreView {
  const bars = [0, 1, 2].map((k) => ({ index: k, number: k + 1, start_tick: 4 * k, end_tick: 4 * k + 4, metre: "4/4", qn: 4 }));
  const part = { index: 0, name: "A", program: 0, is_drums: false, role: "", volume: 100, pan: 64, channel: 0, notes };
  return { bars, parts: [part], end_tick: 12 } as unknown as ScoreView;
}

describe("layout", () => {
  it("puts a note into the bar of its onset, its tail into those it rings through", () => {
    const piece = score([3, 6, 60, 80], [8, 1, 62, 80]);
    const { bars, tails } = cellsOf(piece, piece.parts[0]!);
    expect(bars.map((bar) => bar.length)).toEqual([1, 0, 1]);
    expect(tails.map((bar) => bar.length)).toEqual([0, 1, 1]);
  });

  it("finds the cells that differ, and only those", () => {
    const [a, b] = [score([0, 1, 60, 80], [4, 1, 60, 80]), score([0, 1, 60, 80], [4, 1, 61, 80])];
    expect([...changedCells(a, b)]).toEqual(["0:1"]);
    expect(changedCells(a, a).size).toBe(0);
  });

  it("names bars, rectangles and locks", () => {
    expect(spans([1, 2, 3, 7])).toBe("1-3, 7");
    expect([...rectangle([1, 1], [0, 0])].sort()).toEqual(["0:0", "0:1", "1:0", "1:1"]);
    expect(lockedCells([{ where: "A:1", layer: "rhythm", cells: [[0, 0]] }]).get("0:0")).toEqual(new Set(["rhythm"]));
  });

  it("shows only what is in sight", () => {
    expect(seen(250, 300, 100, 200, 0)).toEqual([2, 6]);
    expect(seen(1e6, 300, 100, 200, 0)).toEqual([200, 200]);
  });

  it("gives each bar the same width", () => {
    expect(tickToX(score(), 6, 100)).toBe(150);
  });
});

describe("emotion", () => {
  it("is straight between points and flat outside", () => {
    const list = withPoint(withPoint([], 4, [1, -1]), 0, [0, 0]);
    expect(valueAt(list, 2)).toEqual([0.5, -0.5]);
    expect(valueAt(list, 9)).toEqual([1, -1]);
    expect(withPoint(list, 4, null)).toEqual([[0, 0, 0]]);
  });
});
