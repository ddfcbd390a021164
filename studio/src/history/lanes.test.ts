import { describe, expect, it } from "vitest";
import { layTree, pathOf } from "./lanes";

const step = (id: string, parent: string) => ({ id, parent });

describe("layTree", () => {
  it("keeps one line straight, the newest on top", () => {
    const tree = layTree([step("1", ""), step("2", "1"), step("3", "2")], "2");
    expect(tree.rows.map((one) => [one.step.id, one.row, one.lane, one.isOnWay])).toEqual([
      ["3", 0, 0, false],
      ["2", 1, 0, true],
      ["1", 2, 0, true],
    ]);
    expect(tree.nLanes).toBe(1);
  });

  it("puts what was left behind beside the line that leads to now", () => {
    const steps = [step("1", ""), step("2", "1"), step("3", "2"), step("4", "1"), step("5", "4")];
    const lanes = Object.fromEntries(layTree(steps, "5").rows.map((one) => [one.step.id, one.lane]));
    expect(lanes).toEqual({ 1: 0, 2: 1, 3: 1, 4: 0, 5: 0 });
  });

  it("uses a lane again where it is free, and another where it is not", () => {
    const steps = [
      step("1", ""), step("2", "1"), step("3", "1"), step("4", "1"),
      step("5", "4"), step("6", "5"), step("7", "5"),
    ];
    const lanes = Object.fromEntries(layTree(steps, "7").rows.map((one) => [one.step.id, one.lane]));
    expect(lanes["2"]).not.toBe(lanes["3"]);
    expect(lanes["6"]).toBe(1);
    expect([lanes["4"], lanes["5"], lanes["7"]]).toEqual([0, 0, 0]);
  });

  it("draws a straight line in one lane and a bend between two", () => {
    const edge = { from: { row: 0, lane: 1 }, to: { row: 2, lane: 0 }, isOnWay: false };
    expect(pathOf({ ...edge, from: { row: 0, lane: 0 } }, 10, 20)).toBe("M5 10V50");
    expect(pathOf(edge, 10, 20)).toMatch(/^M15 10V28C15 .* 5 50$/);
  });
});
