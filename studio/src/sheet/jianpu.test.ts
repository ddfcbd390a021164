import { describe, expect, it } from "vitest";
import type { BarView, NoteRow } from "../lib/types";
import { degreeOf, doName, homePitch, valuesOf, writeJianpu, type Figure } from "./jianpu";
import { barRoom, breakLines, layLine } from "./jianpu_layout";

const bar = (index: number, qn = 4, metre = "4/4"): BarView =>
  ({ index, number: index + 1, start_tick: index * qn * 480, end_tick: (index + 1) * qn * 480, metre, qn });

/** A figure as people write it: ♯ before, dots for octaves, _ for each line, - for each dash. */
const told = (figure: Figure): string =>
  (figure.isTied ? "~" : "") + figure.sign + figure.degree + "'".repeat(Math.max(0, figure.octave))
  + ",".repeat(Math.max(0, -figure.octave)) + "_".repeat(figure.lines) + "-".repeat(figure.dashes)
  + ".".repeat(figure.dots) + (figure.tuplet ? `(${figure.tuplet})` : "");

const write = (rows: NoteRow[], n = 1, fifths = 0, qn = 4, metre = "4/4"): string[] =>
  writeJianpu(rows, Array.from({ length: n }, (_, k) => bar(k, qn, metre)), 480, fifths)
    .map((figures) => figures.map(told).join(" "));

describe("numbered notation", () => {
  it("writes Two Tigers", () => {
    const quarters = [60, 62, 64, 60].map((pitch, k): NoteRow => [k * 480, 480, pitch, 80]);
    expect(write([...quarters, [1920, 480, 64, 80], [2400, 480, 65, 80], [2880, 960, 67, 80]], 2))
      .toEqual(["1 2 3 1", "3 4 5-"]);
  });

  it("writes dots, lines, rests and bound notes", () => {
    expect(write([[0, 720, 60, 80], [720, 240, 62, 80], [960, 120, 64, 80], [1080, 120, 65, 80]]))
      .toEqual(["1. 2_ 3__ 4__ 0_ 0"]);
    expect(write([[0, 480, 60, 80], [480, 2400, 62, 80]], 2)).toEqual(["1 2--", "~2- 0 0"]);
    expect(write([[0, 240, 60, 80], [240, 480, 62, 80], [720, 240, 64, 80]])[0]).toBe("1_ 2 3_ 0 0");
  });

  it("writes triplets, and 6/8 in dotted quarters", () => {
    const third = [0, 160, 320].map((tick, k): NoteRow => [tick, 160, 60 + 2 * k, 80]);
    expect(write([...third, [480, 1440, 67, 80]])[0]).toBe("1_(3) 2_(3) 3_(3) 5--");
    expect(write([[0, 720, 60, 80], [720, 240, 62, 80], [960, 480, 64, 80]], 1, 0, 3, "6/8")[0])
      .toBe("1. 2_ 3");
  });

  it("takes the top note of a chord and the key of the signature", () => {
    expect(write([[0, 1920, 57, 80], [0, 1920, 69, 80]])[0]).toBe("6---");
    expect(doName(-3)).toBe("E♭");
    expect(degreeOf(66, 1, 67)).toEqual({ degree: 7, sign: "", octave: -1 });
    expect(degreeOf(70, 0, 60)).toEqual({ degree: 7, sign: "♭", octave: 0 });
    expect(degreeOf(59, 0, 60)).toEqual({ degree: 7, sign: "", octave: -1 });
    expect(homePitch([[0, 1, 74, 1], [0, 1, 76, 1], [0, 1, 79, 1]], 0)).toBe(72);
  });

  it("fills every bar exactly", () => {
    for (let at = 0; at < 96; at += 3)
      for (let length = 3; at + length <= 96; length += 3)
        for (const isRest of [true, false])
          expect(valuesOf(at, length, isRest).reduce((sum, one) => sum + one.length, 0)).toBe(length);
  });
});

describe("its layout", () => {
  const figures = writeJianpu(
    Array.from({ length: 64 }, (_, k): NoteRow => [k * 240, 240, 60 + (k % 5), 80]),
    Array.from({ length: 8 }, (_, k) => bar(k)), 480, 0,
  );
  it("breaks lines inside the width and keeps every bar once", () => {
    const lines = breakLines(figures, 700);
    expect(lines.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const line of lines) expect(line.reduce((sum, k) => sum + barRoom(figures[k]!), 0)).toBeLessThan(701);
    expect(breakLines(figures, 40).every((line) => line.length === 1)).toBe(true);
  });
  it("spreads a line to the width, in order, eighths joined by beat", () => {
    const line = layLine(figures, [0, 1], 900);
    const last = line.bars[1]!;
    expect(last.x + last.width).toBeCloseTo(900);
    const xs = line.bars.flatMap((box) => box.placed.map((one) => one.x));
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(line.beams).toHaveLength(8);
  });
});
