import { describe, expect, it } from "vitest";
import { addressOf } from "./api";
import { comboOf } from "./keys";
import { chordName } from "./theory";
import { barAt, clock, secondsToTick, tickToSeconds } from "./time";
import { withEvent } from "./watch";
import type { JobView, ScoreView } from "./types";

const key = (tonic: string, mode: string) => ({ key: { tonic, mode, fifths: 0, name: `${tonic} ${mode}` } });
const timed = {
  resolution: 480, end_tick: 7680, qpm: 120, tempos: [{ tick: 0, qpm: 120 }, { tick: 1920, qpm: 60 }],
  bars: [0, 1, 2].map((k) => ({ index: k, number: k + 1, start_tick: 1920 * k, end_tick: 1920 * (k + 1), metre: "4/4", qn: 4 })),
} as unknown as ScoreView;

describe("time", () => {
  it("counts seconds through a change of tempo", () => {
    expect(tickToSeconds(timed, 1920)).toBeCloseTo(2);
    expect(tickToSeconds(timed, 2400)).toBeCloseTo(3);
    expect(secondsToTick(timed, 3)).toBe(2400);
  });
  it("finds the bar of a tick, the last one for later ticks", () => {
    expect([0, 1919, 1920, 99999].map((tick) => barAt(timed, tick)?.index)).toEqual([0, 0, 1, 2]);
  });
  it("writes minutes and seconds", () => expect(clock(127.9)).toBe("2:07"));
});

describe("names of chords", () => {
  const name = (symbol: string, names: "letters" | "roman" | "jianpu", tonic = "C", mode = "major", roman = "") =>
    chordName({ symbol, roman }, names, key(tonic, mode));
  it("writes signs as musicians print them", () => expect(name("Bb7/F#", "letters")).toBe("B♭7/F♯"));
  it("writes degrees in numbers", () => expect(name("G7/B", "jianpu")).toBe("5⁷/7"));
  it("writes minor keys on six, as jianpu does", () => expect(name("Am", "jianpu", "A", "minor")).toBe("6m"));
  it("falls back on letters where no numeral is known", () => expect(name("C", "roman")).toBe("C"));
});

describe("keys", () => {
  const press = (name: string, held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}) =>
    comboOf({ key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });
  it("names combos alike on all machines", () => {
    expect(press("z", { metaKey: true })).toBe("Ctrl+Z");
    expect(press("Z", { ctrlKey: true, shiftKey: true })).toBe("Ctrl+Shift+Z");
    expect(press(" ")).toBe("Space");
    expect(press("?", { shiftKey: true })).toBe("?");
  });
});

describe("requests", () => {
  it("fills addresses and leaves out what was not given", () => {
    const made = addressOf("/api/projects/{project_id}/sheet", { path: { project_id: "a/b" }, query: { page: 2, version: null } });
    expect(made).toBe("/api/projects/a%2Fb/sheet?page=2");
  });
  it("reads a job's events into its view, and nothing else", () => {
    const view = { id: "j", kind: "compose", state: "running", progress: 0.1 } as JobView;
    const next = withEvent(view, { seq: 3, kind: "progress", progress: 0.5, bars: [1] });
    expect(next).toEqual({ ...view, progress: 0.5 });
  });
});
