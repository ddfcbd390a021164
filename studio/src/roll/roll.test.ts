import { describe, expect, it } from "vitest";
import type { BarView, NoteRow } from "../lib/types";
import { brokenBar, changeOps, lockedBars, spansOf, touchedBars } from "./change";
import { copyClip, pasteClip } from "./clip";
import { copyBy, duplicateShift, erase, legato, move, quantise, resize, settle } from "./edit";
import {
  barAt, clampCamera, fit, gridLines, noteHeight, pitchAt, regionAt, reveal, rowsOf, tickAt, xOf, yOf, zoomTime,
  type Areas, type Camera,
} from "./geometry";
import { draftOf, type Ground } from "./gesture";
import { fromAfar, hitNote, inBox, indexNotes, sliceOf } from "./pick";
import { chordPcs, pitchName, readScale } from "./scale";
import { gridTick, snapTick } from "./snap";
import { ramp, shadeOf, shiftVelocity, velocityAt } from "./velocity";

const AREAS: Areas = { width: 864, height: 500, keys: 64, ruler: 26, chords: 20, velocity: 84 };
const CAMERA: Camera = { tick: 0, row: 0, tickPx: 0.1, rowPx: 10 };
const ROWS = { low: 36, high: 84, folded: null };

/** Bars of given metres, 480 ticks a quarter. */
function barsOf(...metres: string[]): BarView[] {
  let tick = 0;
  return metres.map((metre, index) => {
    const [upper = 4, lower = 4] = metre.split("/").map(Number);
    const start_tick = tick;
    tick += (upper * 4 * 480) / lower;
    return { index, number: index + 1, start_tick, end_tick: tick, metre, qn: (upper * 4) / lower };
  });
}
const FOUR = barsOf("4/4", "4/4", "4/4", "4/4");
const picked = (...indexes: number[]) => new Set(indexes);

describe("geometry", () => {
  it("goes from ticks and pitches to pixels and back", () => {
    expect(xOf(AREAS, CAMERA, 480)).toBe(64 + 48);
    expect(tickAt(AREAS, CAMERA, 112)).toBe(480);
    const y = yOf(AREAS, CAMERA, ROWS, 60);
    expect(y).toBe(46 + 240);
    expect(pitchAt(AREAS, CAMERA, ROWS, y)).toBe(60);
    expect(pitchAt(AREAS, CAMERA, ROWS, y + 9.9)).toBe(60);
    expect(pitchAt(AREAS, CAMERA, ROWS, y + 10)).toBe(59);
  });

  it("names the strip under a point", () => {
    expect(regionAt(AREAS, 10, 10)).toBe("corner");
    expect(regionAt(AREAS, 100, 10)).toBe("ruler");
    expect(regionAt(AREAS, 100, 40)).toBe("chords");
    expect(regionAt(AREAS, 10, 200)).toBe("keys");
    expect(regionAt(AREAS, 100, 200)).toBe("notes");
    expect(regionAt(AREAS, 100, 450)).toBe("velocity");
  });

  it("zooms around the pointer", () => {
    const near = zoomTime(AREAS, CAMERA, 2, 264);
    expect(tickAt(AREAS, near, 264)).toBeCloseTo(tickAt(AREAS, CAMERA, 264));
    expect(near.tickPx).toBeCloseTo(0.2);
  });

  it("never scrolls before the first bar or far past the last", () => {
    const kept = clampCamera(AREAS, { ...CAMERA, tick: -500, row: -9 }, ROWS, 7680, 480);
    expect(kept.tick).toBe(0);
    expect(kept.row).toBeGreaterThanOrEqual(0);
    const far = clampCamera(AREAS, { ...CAMERA, tickPx: 0.5, tick: 99999 }, ROWS, 7680, 480);
    expect(far.tick).toBeLessThan(7680);
    expect(far.tick + 800 / 0.5).toBeGreaterThanOrEqual(7680);
  });

  it("fits a span and shows a cell that was out of sight", () => {
    const whole = fit(AREAS, ROWS, { start: 0, end: 7680, low: 55, high: 72 });
    expect(xOf(AREAS, whole, 7680)).toBeLessThanOrEqual(864);
    expect(yOf(AREAS, whole, ROWS, 72)).toBeGreaterThan(46);
    expect(yOf(AREAS, whole, ROWS, 55)).toBeLessThan(46 + noteHeight(AREAS));
    const shown = reveal(AREAS, { ...CAMERA, tickPx: 1 }, ROWS, 5000, 40);
    expect(xOf(AREAS, shown, 5000)).toBeGreaterThan(64);
    expect(xOf(AREAS, shown, 5000)).toBeLessThan(864);
  });

  it("draws bars, beats and steps; three beats of 9/8 are dotted quarters", () => {
    const lines = gridLines(barsOf("9/8"), 480, 0, 0.1, 0, 5000);
    expect(lines.map((line) => [line.tick, line.level])).toEqual([[0, "bar"], [720, "beat"], [1440, "beat"]]);
    const steps = gridLines(barsOf("2/4"), 480, 240, 0.1, 0, 5000);
    expect(steps.map((line) => line.level)).toEqual(["bar", "step", "beat", "step"]);
  });

  it("folds to the pitches in use", () => {
    const rows = rowsOf([[0, 1, 42, 64], [0, 1, 36, 64], [9, 1, 42, 64]], true, true);
    expect(rows.folded).toEqual([42, 36]);
    const y = yOf(AREAS, CAMERA, rows, 36);
    expect(y).toBe(46 + 10);
    expect([pitchAt(AREAS, CAMERA, rows, y + 1), pitchAt(AREAS, CAMERA, rows, y + 99)]).toEqual([36, 36]);
  });

  it("finds bars and gives every note a row", () => {
    expect(barAt(FOUR, 1919)).toBe(0);
    expect(barAt(FOUR, 1920)).toBe(1);
    expect(barAt(FOUR, 99999)).toBe(3);
    expect(rowsOf([[0, 1, 12, 64]], false).low).toBe(12);
    expect(rowsOf([], true)).toEqual({ low: 35, high: 59, folded: null });
  });
});

describe("snapping", () => {
  it("counts from the bar line, so 7/8 does not shift the next bar", () => {
    const bars = barsOf("7/8", "4/4");
    expect(snapTick(bars, 1700, 480)).toBe(1680);
    expect(snapTick(bars, 1690 + 480, 480)).toBe(1680 + 480);
  });
  it("rounds triplets of a resolution that three does not divide", () => {
    expect(snapTick(barsOf("4/4"), 170, gridTick("1/8T", 500))).toBe(167);
    expect(snapTick(FOUR, 479, gridTick("1/4", 480), "before")).toBe(0);
    expect(snapTick(FOUR, 123.4, 0)).toBe(123);
  });
});

describe("edits", () => {
  const rows: NoteRow[] = [[0, 480, 60, 80], [480, 480, 64, 80], [960, 480, 67, 80]];

  it("moves a group as one: it stops at the edge without losing its shape", () => {
    expect(move(rows, picked(0, 1), -999, 70).slice(0, 2)).toEqual([[0, 480, 123, 80], [480, 480, 127, 80]]);
    expect(move(rows, picked(2), 99999, 0, 1920)[2]).toEqual([1919, 480, 67, 80]);
  });

  it("resizes both ends and keeps a least length", () => {
    expect(resize(rows, picked(1), "start", 120, 30)[1]).toEqual([600, 360, 64, 80]);
    expect(resize(rows, picked(1), "start", 900, 30)[1]).toEqual([930, 30, 64, 80]);
    expect(resize(rows, picked(1), "end", -900, 30)[1]).toEqual([480, 30, 64, 80]);
  });

  it("cuts what an edited note runs into, and leaves other overlaps alone", () => {
    const messy: NoteRow[] = [[0, 960, 60, 80], [480, 960, 60, 90], [0, 900, 62, 70], [300, 900, 62, 70]];
    const { rows: settled } = settle(messy, picked(1));
    expect(settled).toContainEqual([0, 480, 60, 80]);
    expect(settled).toContainEqual([0, 900, 62, 70]);
    expect(settle([[0, 240, 60, 1], [0, 480, 60, 99]], picked(1)).rows).toEqual([[0, 480, 60, 99]]);
    expect(settle([[1800, 480, 60, 1]], picked(0), 1920).rows).toEqual([[1800, 120, 60, 1]]);
  });

  it("quantises with strength, and ends when asked", () => {
    const loose: NoteRow[] = [[20, 400, 60, 80], [500, 90, 62, 80]];
    expect(quantise(loose, picked(0, 1), FOUR, 120, 1).map((row) => row[0])).toEqual([0, 480]);
    expect(quantise(loose, picked(0), FOUR, 120, 0.5)).toEqual([[10, 400, 60, 80], [500, 90, 62, 80]]);
    expect(quantise(loose, picked(0, 1), FOUR, 120, 1, true)).toEqual([[0, 480, 60, 80], [480, 120, 62, 80]]);
  });

  it("binds notes to the next, chords together", () => {
    const chord: NoteRow[] = [[0, 100, 60, 80], [0, 90, 64, 80], [480, 100, 65, 80]];
    expect(legato(chord, picked(0, 1, 2)).map((row) => row[1])).toEqual([480, 480, 100]);
  });

  it("duplicates by whole bars or beats", () => {
    expect(duplicateShift([[0, 1700, 60, 1]], picked(0), FOUR, 480)).toBe(1920);
    expect(duplicateShift([[480, 450, 60, 1]], picked(0), FOUR, 480)).toBe(480);
    expect(copyBy(rows, picked(2), 480).rows[3]).toEqual([1440, 480, 67, 80]);
    expect(erase(rows, picked(0, 2))).toEqual([[480, 480, 64, 80]]);
  });
});

describe("clipboard", () => {
  it("keeps an off-beat off the beat, and follows another resolution", () => {
    const clip = copyClip([[600, 60, 60, 80], [720, 60, 62, 80]], picked(0, 1), FOUR, 480, 480)!;
    const { rows, picked: fresh } = pasteClip([[0, 1, 1, 1]], clip, 960, 240);
    expect(rows.slice(1)).toEqual([[1020, 30, 60, 80], [1080, 30, 62, 80]]);
    expect([...fresh]).toEqual([1, 2]);
    expect(copyClip([], picked(), FOUR, 480, 480)).toBeNull();
  });
});

describe("velocity", () => {
  it("reads heights, ramps and shifts within 1 to 127", () => {
    expect(velocityAt(100, 100, 80)).toBe(127);
    expect(velocityAt(180, 100, 80)).toBe(1);
    const rows: NoteRow[] = [[0, 1, 60, 64], [480, 1, 60, 64], [960, 1, 60, 64]];
    const line = ramp(rows, picked(), { tick: 960, velocity: 100 }, { tick: 0, velocity: 20 });
    expect(line.map((row) => row[3])).toEqual([20, 60, 100]);
    expect(ramp(rows, picked(1), { tick: 0, velocity: 20 }, { tick: 960, velocity: 100 }).map((row) => row[3]))
      .toEqual([64, 60, 64]);
    expect(shiftVelocity(rows, picked(0), 99)[0]![3]).toBe(127);
    expect([shadeOf(1), shadeOf(127)]).toEqual([0, 7]);
  });
});

describe("changes", () => {
  const before: NoteRow[] = [[0, 480, 60, 80], [1920, 480, 62, 80], [5760, 480, 64, 80]];

  it("asks for the touched bars only, one operation for each run of them", () => {
    const after: NoteRow[] = [[240, 480, 60, 80], [1920, 480, 62, 80], [5760, 480, 65, 80]];
    expect(touchedBars(before, after, FOUR)).toEqual([0, 3]);
    expect(changeOps(2, before, after, FOUR)).toEqual([
      { op: "set_notes", part: 2, start_bar: 0, end_bar: 1, notes: [[240, 480, 60, 80]] },
      { op: "set_notes", part: 2, start_bar: 3, end_bar: 4, notes: [[5760, 480, 65, 80]] },
    ]);
    expect(spansOf([0, 1, 2, 5])).toEqual([[0, 3], [5, 6]]);
    expect(changeOps(0, before, [...before].reverse(), FOUR)).toEqual([]);
  });

  it("tells the bar of a broken lock", () => {
    const held = lockedBars([{ layer: "pitch", cells: [[0, 0], [1, 3]] }, { layer: "all", cells: [[0, 1]] }], 0);
    expect([...held.keys()]).toEqual([0, 1]);
    expect(brokenBar(before, [[10, 480, 60, 80], ...before.slice(1)], FOUR, held)).toBeNull();
    expect(brokenBar(before, [[0, 480, 61, 80], ...before.slice(1)], FOUR, held)).toBe(0);
    expect(brokenBar(before, [before[0]!, before[2]!], FOUR, held)).toBe(1);
    const rhythm = lockedBars([{ layer: "rhythm", cells: [[0, 0]] }], 0);
    expect(brokenBar(before, [[0, 480, 61, 80], ...before.slice(1)], FOUR, rhythm)).toBeNull();
  });
});

describe("finding notes", () => {
  const rows: NoteRow[] = [[0, 4000, 40, 80], [480, 480, 60, 80], [960, 480, 60, 80]];
  it("sees a long note that began before the window", () => {
    const index = indexNotes(rows);
    expect(sliceOf(index, 3000, 3500)).toEqual([0, 3]);
    expect(indexNotes([rows[2]!, rows[0]!]).rows[0]).toEqual(rows[0]);
  });
  it("joins close neighbours of a pitch when they are painted from afar", () => {
    const many = Array.from({ length: 400 }, (_, k): NoteRow => [k * 120, 100, 60 + (k % 2), 80]);
    const index = indexNotes(many);
    expect(fromAfar(index, 0.1)).toBe(index);
    expect(fromAfar(index, 0.005).rows).toEqual([[0, 398 * 120 + 100, 60, 80], [120, 398 * 120 + 100, 61, 80]]);
  });
  it("tells body from grips", () => {
    const y = yOf(AREAS, CAMERA, ROWS, 60) + 5;
    const at = (tick: number) => hitNote(rows, AREAS, CAMERA, ROWS, xOf(AREAS, CAMERA, tick), y);
    expect(at(700)).toEqual({ index: 1, zone: "body" });
    expect(at(490)).toEqual({ index: 1, zone: "start" });
    expect(at(950)).toEqual({ index: 1, zone: "end" });
    expect(at(2000)).toBeNull();
    expect([...inBox(rows, { start: 900, end: 970, low: 59, high: 61 })]).toEqual([1, 2]);
  });
});

describe("gestures", () => {
  const ground: Ground = { bars: FOUR, endTick: 7680, step: 120, least: 30, isDrums: false, reach: 40 };
  const rows: NoteRow[] = [[10, 480, 60, 80], [480, 480, 64, 80]];
  const at = (tick: number, pitch = 60, velocity = 64) => ({ tick, pitch, velocity });

  it("keeps the time of a note that is only moved in pitch", () => {
    const gesture = { kind: "move", rows, picked: picked(0), from: at(100), grabbed: 0, isCopy: false } as const;
    expect(draftOf(gesture, at(130, 62), ground).rows[0]).toEqual([10, 480, 62, 80]);
    expect(draftOf(gesture, at(220, 60), ground).rows[0]).toEqual([120, 480, 60, 80]);
  });
  it("takes a velocity bar along that lies a little beside the pointer", () => {
    const paint = { kind: "paint", rows, picked: picked(0), last: at(500, 60, 80) } as const;
    expect(draftOf({ ...paint }, at(500, 60, 30), ground).rows.map((row) => row[3])).toEqual([80, 30]);
  });
  it("copies, stretches a new note, and rolls drums on the grid", () => {
    const copy = { kind: "move", rows, picked: picked(1), from: at(480, 64), grabbed: 1, isCopy: true } as const;
    expect(draftOf(copy, at(960, 64), ground).rows).toHaveLength(3);
    const draw = { kind: "draw", rows, note: [960, 120, 70, 90] as NoteRow, isStretched: true } as const;
    expect(draftOf(draw, at(1290), ground).rows[2]).toEqual([960, 360, 70, 90]);
    const hits = { kind: "hits", rows, note: [0, 60, 42, 90] as NoteRow, placed: new Map() } as const;
    expect(draftOf(hits, at(370, 42), { ...ground, isDrums: true }).rows).toHaveLength(2 + 4);
  });
});

describe("theory of the rows", () => {
  it("knows scales, chord tones and names", () => {
    expect([...readScale("Bb major")!.pcs].sort((a, b) => a - b)).toEqual([0, 2, 3, 5, 7, 9, 10]);
    expect(readScale("A minor")!.fifths).toBe(0);
    expect(readScale("Eb dorian")!.fifths).toBe(-5);
    expect([...chordPcs("Am7b5")].sort((a, b) => a - b)).toEqual([0, 3, 7, 9]);
    expect([...chordPcs("C/E")].sort((a, b) => a - b)).toEqual([0, 4, 7]);
    expect([...chordPcs("G7b9")].sort((a, b) => a - b)).toEqual([2, 5, 7, 8, 11]);
    expect([...chordPcs("Dm(maj7)")].sort((a, b) => a - b)).toEqual([1, 2, 5, 9]);
    expect(chordPcs("N.C.").size).toBe(0);
    expect([pitchName(60), pitchName(61, 2), pitchName(63, -3), pitchName(71, -6)])
      .toEqual(["C4", "C♯4", "E♭4", "C♭5"]);
  });
});
