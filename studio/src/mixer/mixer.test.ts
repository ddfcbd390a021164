import { describe, expect, it, vi } from "vitest";
import type { Meta } from "../lib/types";
import { groupsOf, search } from "./instruments";
import { Later } from "./later";

const meta = {
  families: [{ name: "pipe", en: "Pipe", zh: "管乐", programs: [73] }, { name: "bass", en: "Bass", zh: "贝斯", programs: [32] }],
  instruments: [
    { program: 73, name: "flute", en: "Flute", zh: "长笛", family: "pipe" },
    { program: 75, name: "pan_flute", en: "Pan flute", zh: "排箫", family: "pipe" },
    { program: 32, name: "acoustic_bass", en: "Acoustic bass", zh: "原声贝斯", family: "bass" },
  ],
  drum_kits: [{ program: 0, name: "standard", en: "Standard", zh: "标准" }],
} as unknown as Meta;

describe("instruments", () => {
  it("are found in both languages and by their family", () => {
    const groups = groupsOf(meta, false);
    const found = (wish: string) => search(groups, wish).flatMap(({ choices }) => choices.map(({ program }) => program));
    expect(found("FLUTE")).toEqual([73, 75]);
    expect(found("贝斯")).toEqual([32]);
    expect(found("pipe")).toEqual([73, 75]);
    expect(found("kazoo")).toEqual([]);
    expect(groupsOf(meta, true)[0]?.choices).toHaveLength(1);
  });
});

describe("later", () => {
  it("sends a drag once", () => {
    vi.useFakeTimers();
    const sent: object[] = [];
    const later = new Later<{ volume?: number; pan?: number }>((facts) => sent.push(facts), 100);
    for (const volume of [1, 2, 3]) later.add({ volume });
    later.add({ pan: 9 });
    vi.advanceTimersByTime(200);
    later.flush();
    expect(sent).toEqual([{ volume: 3, pan: 9 }]);
    later.hold();
    later.add({ volume: 5 });
    vi.advanceTimersByTime(900);
    expect(sent).toHaveLength(1);
    later.flush();
    expect(sent).toHaveLength(2);
    vi.useRealTimers();
  });
});
