import { describe, expect, it } from "vitest";
import { cellsOf, squaresOf } from "./cells";

const frame = {
  parts: [{ name: "Violin: solo" }, { name: "Bass" }],
  bars: [0, 1, 2, 3].map((number) => ({ number })),
};

describe("cellsOf", () => {
  it("reads spans by bar number, with a pickup bar 0 and a colon in a name", () => {
    expect(cellsOf(["Violin: solo:0,2-3"], frame)).toEqual([
      { part: 0, bar: 0 }, { part: 0, bar: 2 }, { part: 0, bar: 3 },
    ]);
    expect(cellsOf(["Bass"], frame)).toHaveLength(4);
    expect(cellsOf(["Gone:1", "Bass:9"], frame)).toEqual([]);
  });

  it("joins neighbours in the picture and keeps gaps", () => {
    const cells = [0, 1, 3].map((bar) => ({ part: 1, bar }));
    expect(squaresOf(cells, 4, 40)).toEqual([
      { x: 0, y: 1, width: 0.5, part: 1 },
      { x: 0.75, y: 1, width: 0.25, part: 1 },
    ]);
  });
});
