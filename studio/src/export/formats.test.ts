import { describe, expect, it } from "vitest";
import { groups, tellSize } from "./formats";
import { formats } from "./words";

describe("formats", () => {
  it("offers each format once", () => {
    const offered = groups.flatMap((group) => group.formats);
    expect([...offered].sort()).toEqual(Object.keys(formats).sort());
  });

  it("tells sizes as people do", () => {
    expect(tellSize(12)).toEqual({ unit: "kb", n: "1" });
    expect(tellSize(999_400)).toEqual({ unit: "kb", n: "999" });
    expect(tellSize(2_340_000)).toEqual({ unit: "mb", n: "2.3" });
  });
});
