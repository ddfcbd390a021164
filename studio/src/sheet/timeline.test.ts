import { describe, expect, it } from "vitest";
import { barOfElement, difference, nameOfElement, Timeline } from "./timeline";

describe("names on the page", () => {
  it("reads notes, tied notes and bars", () => {
    expect(nameOfElement("n-0-480-60")).toBe("0:480:60");
    expect(nameOfElement("n-11-1920-38-2")).toBe("11:1920:38");
    expect(nameOfElement("note-1")).toBeNull();
    expect(barOfElement("b-12")).toBe(12);
    expect(barOfElement("b-12-x")).toBeNull();
  });
});

describe("what sounds", () => {
  const timeline = new Timeline([
    { notes: [[0, 4000, 40, 80], [480, 480, 44, 80]] },
    { notes: [[960, 10, 60, 80]] },
  ]);
  it("sees long notes from before, and ends are half-open", () => {
    expect([...timeline.at(3000)]).toEqual(["0:0:40"]);
    expect([...timeline.at(959)].sort()).toEqual(["0:0:40", "0:480:44"]);
    expect([...timeline.at(960)].sort()).toEqual(["0:0:40", "1:960:60"]);
    expect(timeline.at(4000).size).toBe(0);
  });
  it("tells what came and went", () => {
    expect(difference(new Set(["a", "b"]), new Set(["b", "c"]))).toEqual({ came: ["c"], went: ["a"] });
  });
});
