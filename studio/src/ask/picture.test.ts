import { describe, expect, it } from "vitest";
import type { ScoreView } from "../lib/types";
import { pictureOf, startOf } from "./picture";

const bar = (index: number) => ({ index, number: index + 1, start_tick: index * 1920, end_tick: (index + 1) * 1920, metre: "4/4", qn: 4 });
const part = (index: number, notes: [number, number, number, number][]) => ({
  index, name: `P${index}`, program: 0, is_drums: false, role: "", volume: 100, pan: 64, channel: -1, notes,
});
const score: ScoreView = {
  resolution: 480, end_tick: 5760, title: "", qpm: 120, key: { tonic: "C", mode: "major", fifths: 0, name: "C major" },
  parts: [part(0, [[0, 960, 60, 80], [1920, 480, 72, 80], [3840, 4000, 64, 80]]), part(1, [[1920, 480, 40, 80]])],
  bars: [bar(0), bar(1), bar(2)], chords: [], sections: [], tempos: [], metres: [], keys: [],
};

describe("pictures of candidates", () => {
  it("shows changed parts in the changed bars", () => {
    const found = pictureOf(score, [[0, 1], [0, 2]]);
    expect(found.map((one) => [one.part, one.isNew, one.x])).toEqual([[0, true, 0], [0, true, 0.5]]);
    expect(found[1]!.width).toBe(0.5);
    expect(found.map((one) => one.y)).toEqual([1, 0]);
  });
  it("shows all where nothing is named", () => {
    expect(pictureOf(score, [])).toHaveLength(4);
  });
  it("begins at the first new bar", () => {
    expect(startOf(score, [[0, 2], [1, 1]])).toBe(1920);
    expect(startOf(score, [])).toBe(0);
  });
});
