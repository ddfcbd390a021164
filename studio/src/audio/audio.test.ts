import { describe, expect, it } from "vitest";
import type { ScoreView } from "../lib/types";
import { Spans } from "./spans";
import { beatTicks, Timeline } from "./timeline";

const bar = (index: number, metre = "4/4", long = 1920) => ({
  index, number: index + 1, start_tick: index * long, end_tick: (index + 1) * long, metre, qn: long / 480,
});
const score = {
  resolution: 480, end_tick: 3840, qpm: 120, bars: [bar(0), bar(1)], tempos: [{ tick: 0, qpm: 120 }, { tick: 1920, qpm: 60 }],
  parts: [{ is_drums: false, notes: [[960, 1920, 64, 80], [0, 480, 60, 80], [1920, 480, 67, 80]] }],
} as unknown as ScoreView;

describe("timeline", () => {
  const line = new Timeline(score);

  it("tells the seconds over a change of tempo", () => {
    expect(line.secondsBetween(0, 1920)).toBeCloseTo(2);
    expect(line.secondsBetween(960, 2880)).toBeCloseTo(1 + 2);
  });

  it("finds notes by their onset, in order, and those held", () => {
    expect([...line.notes(0, 1920)].map(({ row }) => row[2])).toEqual([60, 64]);
    expect([...line.notes(1920, 3840)].map(({ row }) => row[2])).toEqual([67]);
    expect([...line.held(1920)].map(({ row }) => row[2])).toEqual([64]);
    expect([...line.held(2880)]).toEqual([]);
  });

  it("counts beats and the lines of bars", () => {
    expect([...line.beats(480, 2400)].map(({ tick, isFirst }) => [tick, isFirst])).toEqual(
      [[480, false], [960, false], [1440, false], [1920, true]],
    );
    expect(line.nextBar(1)).toBe(1920);
    expect(line.nextBar(1921)).toBe(3840);
    expect(beatTicks(bar(0, "6/8", 1440), 480)).toBe(720);
    expect(beatTicks(bar(0, "3/8", 720), 480)).toBe(240);
  });
});

describe("spans", () => {
  it("tell the tick at a time, over a loop, and forget what was cut", () => {
    const spans = new Spans();
    spans.add({ time: 1, tick: 0, endTick: 480, secondsPerTick: 1 / 480 });
    spans.add({ time: 2, tick: 480, endTick: 960, secondsPerTick: 1 / 480 });
    spans.add({ time: 3, tick: 0, endTick: 960, secondsPerTick: 1 / 480 });
    expect(spans.tickAt(0.5)).toBe(0);
    expect(spans.tickAt(2.5)).toBeCloseTo(720);
    expect(spans.tickAt(3.5)).toBeCloseTo(240);
    expect(spans.timeOf(480, 2.5)).toBeCloseTo(4);
    spans.cut(3.25);
    expect(spans.tickAt(9)).toBeCloseTo(120);
  });
});
