import { describe, expect, it } from "vitest";
import type { BarView, NoteRow } from "../lib/types";
import { pitchOfKey } from "./keys";
import { Take, withTake } from "./take";

const BARS: BarView[] = [0, 1, 2].map((index) => (
  { index, number: index + 1, start_tick: index * 1920, end_tick: (index + 1) * 1920, metre: "4/4", qn: 4 }));

describe("a take", () => {
  it("ends held notes at the loop's end, at a second stroke, and at the end of the take", () => {
    const take = new Take();
    take.on(60, 90, 1800);
    take.off(60, 20, 1920);
    take.on(62, 80, 100);
    take.on(62, 70, 300);
    take.end(500, 1920);
    expect(take.rows).toEqual([[1800, 120, 60, 90], [100, 200, 62, 80], [300, 200, 62, 70]]);
  });

  it("is quantised and laid over what was there, or takes its bars", () => {
    const before: NoteRow[] = [[0, 480, 48, 60], [1920, 480, 50, 60], [3840, 480, 52, 60]];
    const take = new Take();
    take.pass(1930);
    take.pass(3000);
    take.on(60, 90, 2410);
    take.off(60, 2600, 0);
    const options = { bars: BARS, step: 240, strength: 1, isReplacing: false };
    expect(withTake(before, take, options)).toEqual({
      rows: [...before, [2400, 190, 60, 90]], picked: new Set([3]),
    });
    expect(withTake(before, take, { ...options, strength: 0, isReplacing: true }).rows)
      .toEqual([before[0], before[2], [2410, 190, 60, 90]]);
  });
});

describe("the computer keyboard", () => {
  it("has middle C on A in octave 4, and nothing beyond 127", () => {
    expect([pitchOfKey("KeyA", 4), pitchOfKey("KeyK", 4), pitchOfKey("KeyQ", 4)]).toEqual([60, 72, null]);
    expect(pitchOfKey("Semicolon", 9)).toBeNull();
  });
});
