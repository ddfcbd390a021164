/** The server's comparison laid out as rows of cells, and the edits that take cells from one version. */
import type { NoteRow, Op, ScoreView } from "../lib/types";
import { kinds } from "./words";

export type Kind = keyof typeof kinds;

export interface CellRow {
  readonly part: string | number;
  /** Index from 0: in the version after, or before where it is gone. */
  readonly bar: number;
  readonly kind: string;
}

export interface Row {
  readonly name: string;
  readonly cells: ReadonlyMap<number, Kind>;
}

export interface Table {
  readonly rows: readonly Row[];
  readonly nBars: number;
}

type Scored = Pick<ScoreView, "parts" | "bars" | "resolution">;

/** Rows in the order of the later version, then parts that only the earlier one has. */
export function layTable(cells: readonly CellRow[], before: Scored, after: Scored): Table {
  const names = [...after.parts.map((part) => part.name)];
  for (const part of before.parts) if (!names.includes(part.name)) names.push(part.name);
  const rows = new Map(names.map((name) => [name, new Map<number, Kind>()]));
  let nBars = Math.max(before.bars.length, after.bars.length);
  for (const cell of cells) {
    const name = typeof cell.part === "number" ? (after.parts[cell.part]?.name ?? names[cell.part]) : cell.part;
    if (name === undefined) continue;
    if (!rows.has(name)) rows.set(name, new Map());
    if (cell.kind in kinds && cell.kind !== "same") rows.get(name)!.set(cell.bar, cell.kind as Kind);
    nBars = Math.max(nBars, cell.bar + 1);
  }
  return { rows: [...rows].map(([name, found]) => ({ name, cells: found })), nBars };
}

/** The edits that write cells (`"name:bar"`) of a version into the current one. */
export function takeOps(chosen: ReadonlySet<string>, source: Scored, target: Scored): Op[] {
  const byPart = new Map<string, number[]>();
  for (const key of chosen) {
    const at = key.lastIndexOf(":");
    const bars = byPart.get(key.slice(0, at)) ?? [];
    bars.push(Number(key.slice(at + 1)));
    byPart.set(key.slice(0, at), bars);
  }
  const ops: Op[] = [];
  for (const [name, bars] of byPart) {
    const part = target.parts.findIndex((one) => one.name === name);
    if (part < 0) continue;
    const from = source.parts.find((one) => one.name === name);
    for (const [start, end] of runs(bars.filter((bar) => bar < target.bars.length))) {
      const notes: NoteRow[] = [];
      for (let bar = start; bar < end; bar += 1) notes.push(...moved(from?.notes ?? [], bar, source, target));
      ops.push({ op: "set_notes", part, start_bar: start, end_bar: end, notes });
    }
  }
  return ops;
}

/** Spans of neighbours, half-open. */
export function runs(bars: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const bar of [...new Set(bars)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] === bar) last[1] = bar + 1;
    else found.push([bar, bar + 1]);
  }
  return found;
}

/** The notes of a bar of the source, at the place of that bar in the target. */
function moved(notes: readonly NoteRow[], bar: number, source: Scored, target: Scored): NoteRow[] {
  const from = source.bars[bar];
  const to = target.bars[bar];
  if (!from || !to) return [];
  const scale = target.resolution / source.resolution;
  const found: NoteRow[] = [];
  for (const [onset, duration, pitch, velocity] of notes) {
    if (onset < from.start_tick || onset >= from.end_tick) continue;
    const tick = to.start_tick + Math.round((onset - from.start_tick) * scale);
    if (tick < to.end_tick) found.push([tick, Math.max(1, Math.round(duration * scale)), pitch, velocity]);
  }
  return found;
}
