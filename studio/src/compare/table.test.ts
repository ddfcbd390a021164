import { describe, expect, it } from "vitest";
import type { NoteRow, PartView, ScoreView } from "../lib/types";
import { layTable, runs, takeOps } from "./table";

function score(parts: Record<string, NoteRow[]>, nBars = 2): ScoreView {
  return {
    resolution: 480,
    parts: Object.entries(parts).map(([name, notes], index) => ({ index, name, notes }) as unknown as PartView),
    bars: Array.from({ length: nBars }, (_, index) => ({
      index, number: index + 1, start_tick: index * 1920, end_tick: (index + 1) * 1920, metre: "4/4", qn: 4,
    })),
  } as unknown as ScoreView;
}

describe("layTable", () => {
  it("puts a part that is gone last and keeps bars that only one version has", () => {
    const cells = [
      { part: "Bass", bar: 1, kind: "rhythm" },
      { part: "Horn", bar: 0, kind: "gone" },
      { part: "Bass", bar: 3, kind: "new" },
    ];
    const table = layTable(cells, score({ Horn: [], Bass: [] }), score({ Bass: [] }));
    expect(table.rows.map((row) => row.name)).toEqual(["Bass", "Horn"]);
    expect(table.nBars).toBe(4);
    expect(table.rows[1]!.cells.get(0)).toBe("gone");
  });
});

describe("takeOps", () => {
  it("joins neighbouring bars into one edit and takes only notes that begin there", () => {
    const source = score({ "A:B": [[0, 480, 60, 80], [1920, 480, 62, 80], [3839, 900, 64, 80]] });
    const target = score({ Other: [], "A:B": [] });
    expect(takeOps(new Set(["A:B:1"]), source, target)).toEqual([
      { op: "set_notes", part: 1, start_bar: 1, end_bar: 2, notes: [[1920, 480, 62, 80], [3839, 900, 64, 80]] },
    ]);
    expect(takeOps(new Set(["A:B:1", "A:B:0"]), source, target)).toHaveLength(1);
  });

  it("empties a cell where the other version is silent", () => {
    const ops = takeOps(new Set(["Bass:0"]), score({}), score({ Bass: [[0, 480, 40, 80]] }));
    expect(ops).toEqual([{ op: "set_notes", part: 0, start_bar: 0, end_bar: 1, notes: [] }]);
  });
});

describe("runs", () => {
  it("finds spans", () => {
    expect(runs([3, 1, 2, 7, 7])).toEqual([[1, 4], [7, 8]]);
  });
});
