/** What the server tells about a piece: reasons, likeness, who made it. */
import type { NoteRow } from "../lib/types";

export interface Told {
  readonly en: string;
  readonly zh: string;
}

export interface Check {
  name: string;
  what: Told;
  requested: Told;
  measured: Told;
  ok: boolean | null;
}

export interface ChordFact {
  bar: number;
  index: number;
  symbol: string;
  roman: string;
  function: Told;
}

export interface Return extends Told {
  part: string;
  kind: string;
  indexes: number[];
  earlier_indexes: number[];
}

export interface Heat {
  bar: number;
  index: number;
  nats: number | null;
  percentile: number | null;
}

export interface Idea {
  text: string;
  n_notes: number;
  n_common: number;
  nats: number | null;
  same_rhythm: boolean;
  notes: NoteRow[];
}

export interface Reasons {
  title: string;
  part: string;
  bar_numbers: number[];
  sections: { name: string; title: Told; lines: Told[] }[];
  kept: { checks: Check[]; locks: string[]; changed: string[] };
  harmony: {
    keys: (Told & { first_bar: number; last_bar: number; move: Told })[];
    chords: ChordFact[];
    stories: (Told & { indexes: number[]; bars: number[] })[];
    cadences: (Told & { bar: number; index: number; romans: string[] })[];
  };
  form: { returns: Return[] };
  bars: Heat[];
  notes: { bar: number; index: number; part: string; note: string }[];
  otherwise: { bar: number; index: number; part: string; now: Idea | null; versions: Idea[]; reason: Told } | null;
  what_if: { control: string; before: Told; after: Told; changes: Told[]; reason: Told }[];
}

export interface Neighbour {
  title: string;
  source: string;
  licence: string;
  bars: [number, number];
  own_bars: [number, number];
  part: string;
  length: number;
}

export interface Likeness {
  verdict: Told & { name: "original" | "alike" | "copy" };
  said: Told;
  percentile: number | null;
  neighbour: Neighbour | null;
}

export interface Provenance {
  paragraphs: Told[];
  writers: (Told & { letter: string; n_bars: number })[];
  parts: { name: string; written: string }[];
  steps: (Told & { task: string; model: string; seed: number | null; time: string; cells: string[]; note: string })[];
  models: { name: string; digest: string }[];
  training: { name?: string; licence?: string }[];
}

/** Bars as people say them: "3", "3–4", "1, 5–8". */
export function tellBars(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(", ");
}

/** Letters of writers, a bar each, as runs: `"mm.h"` gives m 0–2, `.` 2–3, h 3–4. */
export function runsOf(written: string): { letter: string; start: number; end: number }[] {
  const found: { letter: string; start: number; end: number }[] = [];
  for (const [bar, letter] of [...written].entries()) {
    const last = found.at(-1);
    if (last && last.letter === letter) last.end = bar + 1;
    else found.push({ letter, start: bar, end: bar + 1 });
  }
  return found;
}

/** Which family a function belongs to, for its colour. */
export function familyOf(name: string): "tonic" | "subdominant" | "dominant" | "other" {
  if (name === "tonic" || name === "subdominant" || name === "dominant") return name;
  return name === "secondary dominant" ? "dominant" : "other";
}
