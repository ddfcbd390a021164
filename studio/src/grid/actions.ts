/** What is done with the selected cells: kept, cleared, copied, moved, asked for anew. */
import { t } from "../i18n.svelte";
import type { Layer, Op } from "../lib/types";
import { player } from "../audio/player.svelte";
import { studio } from "../state/studio.svelte";
import { asking } from "../ask/asking.svelte";
import { lane, type Edit } from "./editing.svelte";
import { keyOf, lockedCells, spans } from "./layout";
import { words } from "./words";

interface Clip {
  readonly part: number;
  readonly bar: number;
  readonly cells: readonly (readonly [part: number, bar: number])[];
}

let clip: Clip | null = null;

/** The bars of the selection as one range of indexes, half-open. */
export function barRange(): [number, number] {
  const bars = studio.selectedBars();
  return bars.length > 0 ? [bars[0]!, bars.at(-1)! + 1] : [0, studio.score?.bars.length ?? 0];
}

const numberOf = (bar: number): number => studio.score?.bars[bar]?.number ?? bar + 1;
const nameOf = (part: number): string => studio.score?.parts[part]?.name ?? "";

/** The selection as the server names it: "Bass:5-8", a text a part. */
export function cellTexts(): string[] {
  const byPart = new Map<number, number[]>();
  for (const [part, bar] of studio.selectedCells()) byPart.set(part, [...(byPart.get(part) ?? []), bar]);
  return [...byPart].flatMap(([part, bars]) =>
    spans(bars.sort((a, b) => a - b).map(numberOf)).split(", ").map((span) => `${nameOf(part)}:${span}`));
}

/** The selection in words: "Bass, bars 5-8". */
export function tellSelection(): string {
  const [parts, bars] = [studio.selectedParts(), studio.selectedBars()];
  const all = studio.score?.parts.length ?? 0;
  const named = parts.length === all && all > 1 ? t(words.everyPart) : parts.length > 3 ? t(words.nParts, { n: parts.length }) : parts.map(nameOf).join(", ");
  return t(bars.length === 1 ? words.selectionOne : words.selection, { parts: named, bars: spans(bars.map(numberOf)) });
}

export function isLocked(layer: Layer = "all"): boolean {
  const locked = lockedCells(studio.project?.locks ?? []);
  const cells = studio.selectedCells();
  return cells.length > 0 && cells.every(([part, bar]) => locked.get(keyOf(part, bar))?.has(layer));
}

export function lock(layer: Layer = "all"): Promise<boolean> {
  const cells = cellTexts();
  return cells.length > 0 ? studio.lock(cells, layer, !isLocked(layer)) : Promise.resolve(false);
}

/** Ask for the selected cells anew, as the sliders say; everything where nothing is selected. */
export function regenerate(task = "infill"): Promise<boolean> {
  if (studio.isBusy) return Promise.resolve(false);
  // Asked again, it shall be other music.
  if (asking.last && asking.last.seed === asking.seed) asking.seed += asking.n;
  return asking.ask(task);
}

export function extend(n = 8): Promise<boolean> {
  return studio.propose({ task: "continue", n: 3, bars: String(n), seed: Math.floor(Math.random() * 1e6) });
}

/** Open the chord, the section or the tempo where the selection begins. */
export function openLane(kind: Edit["kind"]): void {
  const bar = studio.score?.bars[studio.selectedBars()[0] ?? 0];
  if (!bar) return;
  if (kind === "tempo") lane.editing = { kind, bar: bar.index };
  else if (kind === "section") lane.editing = { kind, bar: bar.index, label: studio.score?.sections.find((one) => one.bar === bar.index)?.label ?? "" };
  else lane.editing = { kind, tick: bar.start_tick, symbol: studio.score?.chords.find((one) => one.tick === bar.start_tick)?.symbol ?? "" };
}

function edit(ops: Op[], note: keyof typeof words): Promise<boolean> {
  return ops.length > 0 ? studio.edit(ops, t(words[note])) : Promise.resolve(false);
}

export function clear(): Promise<boolean> {
  const [start, end] = barRange();
  const cells = studio.selectedCells();
  const parts = studio.selectedParts();
  if (cells.length === 0) return Promise.resolve(false);
  if (cells.length === parts.length * (end - start)) {
    return edit([{ op: "clear_cells", parts, start_bar: start, end_bar: end }], "clear");
  }
  return edit(cells.map(([part, bar]) => ({ op: "clear_cells", parts: [part], start_bar: bar, end_bar: bar + 1 })), "clear");
}

export function copy(): void {
  const cells = studio.selectedCells();
  if (cells.length === 0) return;
  clip = { part: studio.selectedParts()[0]!, bar: studio.selectedBars()[0]!, cells };
}

export function paste(): Promise<boolean> {
  const score = studio.score;
  if (!clip || !score) {
    studio.tell(words.nothingCopied);
    return Promise.resolve(false);
  }
  const [part, bar] = [studio.selectedParts()[0] ?? clip.part, studio.selectedBars()[0] ?? clip.bar];
  const { part: home, bar: first, cells } = clip;
  const ops = cells
    .map(([k, b]): Op => ({
      op: "copy_cells", from: { part: k, start_bar: b, end_bar: b + 1 }, to: { part: part + k - home, bar: bar + b - first },
    }))
    .filter((op) => op.op === "copy_cells" && op.to.part < score.parts.length && op.to.bar < score.bars.length);
  return edit(ops, "paste");
}

export function duplicate(): Promise<boolean> {
  const [start, end] = barRange();
  return edit([{ op: "duplicate_bars", start, end }], "duplicate");
}

export function remove(): Promise<boolean> {
  const [start, end] = barRange();
  if (end - start >= (studio.score?.bars.length ?? 0)) {
    studio.tell(words.cannotRemoveAll);
    return Promise.resolve(false);
  }
  studio.selection.cells = new Set();
  return edit([{ op: "remove_bars", start, end }], "remove");
}

export function insert(): Promise<boolean> {
  return edit([{ op: "insert_bars", at: barRange()[0], n: 1 }], "insert");
}

export function addBars(): Promise<boolean> {
  return edit([{ op: "insert_bars", at: studio.score?.bars.length ?? 0, n: 4 }], "addBars");
}

export function shift(semitones: number): Promise<boolean> {
  const [start, end] = barRange();
  const parts = studio.selectedParts();
  const note = Math.abs(semitones) === 12 ? (semitones > 0 ? "octaveUp" : "octaveDown") : semitones > 0 ? "up" : "down";
  return edit([{ op: "transpose", shift_semi: semitones, parts, start_bar: start, end_bar: end }], note);
}

export function quantise(): Promise<boolean> {
  const [start, end] = barRange();
  return edit([{ op: "quantise", grid_qn: 0.25, strength: 1, parts: studio.selectedParts(), start_bar: start, end_bar: end }], "quantise");
}

/** Loop the selected bars and play them. */
export function loop(): void {
  const score = studio.score;
  if (!score) return;
  const [start, end] = barRange();
  player.loop = { on: true, start: score.bars[start]!.start_tick, end: score.bars[end - 1]!.end_tick };
  void player.play(player.loop.start);
}

export function open(): void {
  const [cell] = studio.selectedCells();
  if (cell) studio.openCell(cell[0], cell[1]);
}

export function addPart(): Promise<boolean> {
  return edit([{ op: "add_part", name: t(words.partName), program: 0, is_drums: false }], "addPart");
}

export function removePart(part: number): Promise<boolean> {
  studio.selection.cells = new Set();
  return edit([{ op: "remove_part", part }], "removePart");
}

export function movePart(part: number, by: number): Promise<boolean> {
  const to = part + by;
  if (to < 0 || to >= (studio.score?.parts.length ?? 0)) return Promise.resolve(false);
  return edit([{ op: "move_part", part, to }], by < 0 ? "movePartUp" : "movePartDown");
}
