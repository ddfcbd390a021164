import { describe, expect, it } from "vitest";
import type { OptionRow, TaskRow } from "../lib/types";
import { degreeOf, lockedCount, spansOf, usualOptions } from "./request";

const says = { en: "", zh: "" };
const option = (name: string, value: unknown): OptionRow => ({
  name, kind: "text", en: "", zh: "", says, choices: [], low: null, high: null, step: null, default: value,
});
const task: TaskRow = {
  name: "restyle", en: "", zh: "", adds: false, says,
  options: [option("to", "swing"), option("strength", 0.7), option("keep", ["melody", "form"]), option("key", null)],
};

describe("requests", () => {
  it("tells bars as ranges", () => {
    expect(spansOf([4, 3, 5, 9, 9])).toBe("3-5,9");
    expect(spansOf([])).toBe("");
  });
  it("sends only what was moved, and what a task cannot do without", () => {
    expect(usualOptions(task, {})).toEqual({ to: "swing" });
    expect(usualOptions(task, { strength: 0.2, keep: ["melody"], key: "" })).toEqual({ to: "swing", strength: 0.2, keep: ["melody"] });
    expect(usualOptions(task, { keep: [] })).toEqual({ to: "swing" });
  });
  it("counts the locked cells", () => {
    const locks = [
      { where: "", layer: "all" as const, cells: [[0, 1], [0, 2]] as const },
      { where: "", layer: "rhythm" as const, cells: [[1, 1]] as const },
    ];
    expect(lockedCount([[0, 1], [1, 1], [0, 3]], locks)).toBe(1);
  });
  it("has words for how far", () => {
    expect([0, 0.2, -0.5, 1].map(degreeOf)).toEqual([0, 1, 2, 3]);
  });
});
