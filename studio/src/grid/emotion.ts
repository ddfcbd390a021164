/** The curve of emotion that the page keeps with a project: points of (bar index, valence, arousal). */
import { studio } from "../state/studio.svelte";

export type Point = readonly [bar: number, valence: number, arousal: number];

/** The points, sorted by bar; empty where none were set. */
export function points(): Point[] {
  const kept = studio.view["emotion"];
  if (!Array.isArray(kept)) return [];
  const rows = kept.filter((row): row is Point => Array.isArray(row) && row.length === 3 && row.every((value) => Number.isFinite(value)));
  return [...rows].sort((a, b) => a[0] - b[0]);
}

/** The curve as tasks take it: bars as people number them. Undefined without points. */
export function emotionCurve(): [number, number, number][] | undefined {
  const found = points();
  const bars = studio.score?.bars ?? [];
  return found.length > 0 ? found.map(([bar, v, a]) => [bars[bar]?.number ?? bar + 1, v, a]) : undefined;
}

/** Points with another one, or without it where the value is null. */
export function withPoint(list: readonly Point[], bar: number, value: readonly [number, number] | null): Point[] {
  const rest = list.filter((point) => point[0] !== bar);
  return value === null ? rest : [...rest, [bar, round(value[0]), round(value[1])] as const].sort((a, b) => a[0] - b[0]);
}

const round = (value: number): number => Math.round(Math.max(-1, Math.min(1, value)) * 20) / 20;

/** Valence and arousal in a bar, on straight lines between the points. */
export function valueAt(list: readonly Point[], bar: number): [number, number] {
  const after = list.findIndex((point) => point[0] >= bar);
  if (list.length === 0) return [0, 0];
  if (after === 0) return [list[0]![1], list[0]![2]];
  if (after < 0) return [list.at(-1)![1], list.at(-1)![2]];
  const [a, b] = [list[after - 1]!, list[after]!];
  const share = (bar - a[0]) / (b[0] - a[0]);
  return [a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}
