import { describe, expect, it } from "vitest";
import { applyOps, withBars } from "./apply";
import type { NoteRow, ScoreView } from "./types";

/** Two bars of 4/4 at 480 ticks a quarter; a note on each half. */
function small(notes: NoteRow[] = [[0, 960, 60, 80], [960, 960, 62, 80], [1920, 960, 64, 80], [2880, 960, 65, 80]]): ScoreView {
  const bar = (index: number) => ({
    index, number: index + 1, start_tick: index * 1920, end_tick: (index + 1) * 1920, metre: "4/4", qn: 4,
  });
  return {
    resolution: 480, end_tick: 3840, title: "", qpm: 100, key: { tonic: "C", mode: "major", fifths: 0, name: "C major" },
    parts: [{ index: 0, name: "Piano", program: 0, is_drums: false, role: "", volume: 100, pan: 64, channel: 0, notes }],
    bars: [bar(0), bar(1)], chords: [], sections: [], tempos: [{ tick: 0, qpm: 100 }], metres: [], keys: [],
  };
}

describe("edits before the server has answered", () => {
  it("replaces the notes of the named bars only", () => {
    const made = applyOps(small(), [{ op: "set_notes", part: 0, start_bar: 1, end_bar: 2, notes: [[2400, 240, 70, 90]] }]);
    expect(made.parts[0]!.notes.map((note) => note[2])).toEqual([60, 62, 70]);
  });

  it("takes notes after the last bar with the last bar", () => {
    const late = small([[0, 480, 60, 80], [3840, 480, 61, 80]]);
    const made = applyOps(late, [{ op: "clear_cells", parts: [0], start_bar: 1, end_bar: 2 }]);
    expect(made.parts[0]!.notes.map((note) => note[2])).toEqual([60]);
  });

  it("keeps chords and tempi in order, one at a place", () => {
    const made = applyOps(small(), [
      { op: "set_chord", tick: 1920, symbol: "G7" },
      { op: "set_chord", tick: 0, symbol: "C" },
      { op: "set_chord", tick: 1920, symbol: "F" },
      { op: "set_tempo", tick: 0, qpm: 90 },
    ]);
    expect(made.chords.map((chord) => chord.symbol)).toEqual(["C", "F"]);
    expect(made.qpm).toBe(90);
  });

  it("does not touch the score it was given", () => {
    const score = small();
    applyOps(score, [{ op: "set_part", part: 0, name: "Flute", program: 73 }]);
    expect(score.parts[0]!.name).toBe("Piano");
  });

  it("puts finished bars in the place of what stood there", () => {
    const made = withBars(small(), [0], [{ part: 0, notes: [[480, 480, 72, 80]] }]);
    expect(made.parts[0]!.notes.map((note) => note[2])).toEqual([72, 64, 65]);
  });
});
