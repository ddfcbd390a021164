import { describe, expect, it } from "vitest";
import { familyOf, runsOf, tellBars } from "./facts";

describe("facts", () => {
  it("tells bars in spans", () => {
    expect(tellBars([8, 5, 6, 7, 1])).toBe("1, 5–8");
    expect(tellBars([])).toBe("");
  });

  it("finds runs of writers", () => {
    expect(runsOf("mm.h")).toEqual([
      { letter: "m", start: 0, end: 2 }, { letter: ".", start: 2, end: 3 }, { letter: "h", start: 3, end: 4 },
    ]);
  });

  it("counts a secondary dominant as a dominant and the borrowed as neither", () => {
    expect([familyOf("secondary dominant"), familyOf("borrowed")]).toEqual(["dominant", "other"]);
  });
});
