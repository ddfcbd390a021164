import { describe, expect, it } from "vitest";
import type { ScoreView } from "../lib/types";
import { loopBars, spanOfBars } from "./loop";
import { Taps } from "./taps";

describe("taps", () => {
  it("give a tempo from the third on, one slip left out", () => {
    const taps = new Taps();
    expect([0, 500].map((time) => taps.tap(time))).toEqual([null, null]);
    expect(taps.tap(1000)).toBe(120);
    taps.tap(1700);
    taps.tap(2200);
    expect(taps.tap(2700)).toBe(120);
  });

  it("begin anew after a rest", () => {
    const taps = new Taps();
    for (const time of [0, 500, 1000]) taps.tap(time);
    expect(taps.tap(9000)).toBeNull();
  });
});

describe("loop", () => {
  const bars = Array.from({ length: 12 }, (_, index) => ({ index, start_tick: index * 100, end_tick: index * 100 + 100 }));
  const score = { bars, end_tick: 1200, sections: [{ bar: 4, n_bars: 4, label: "B" }] } as unknown as ScoreView;

  it("goes over what is selected, else the section, else four bars", () => {
    expect(loopBars(score, [3, 2], 0)).toEqual([2, 3]);
    expect(loopBars(score, [], 550)).toEqual([4, 7]);
    expect(loopBars(score, [], 1050)).toEqual([10, 11]);
    expect(spanOfBars(score, 10, 99)).toEqual({ start: 1000, end: 1200 });
  });
});
