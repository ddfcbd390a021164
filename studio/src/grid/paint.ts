/** Drawing the tiles: only what is seen, on one canvas. */
import type { NoteRow, ScoreView } from "../lib/types";
import { cellsOf, GAP, keyOf, ROW, seen } from "./layout";

export interface Colours {
  readonly tile: string;
  readonly empty: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly parts: readonly string[];
}

export interface Scene {
  readonly score: ScoreView;
  readonly barWidth: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly selected: ReadonlySet<string>;
  readonly locked: ReadonlyMap<string, ReadonlySet<string>>;
  readonly changed: ReadonlySet<string>;
  readonly writing: ReadonlySet<string>;
  readonly writers: readonly string[];
  readonly heard: (part: number) => boolean;
  readonly tick: number;
  readonly cursor: string | null;
  readonly time: number;
}

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const at = (name: string): string => style.getPropertyValue(name).trim();
  return {
    tile: at("--panel"), empty: at("--bg"), line: at("--line"), text: at("--text"), muted: at("--muted"),
    accent: at("--accent"), parts: Array.from({ length: 12 }, (_, k) => at(`--part-${k}`)),
  };
}

/** Paint all tiles that are seen. */
export function paint(pen: CanvasRenderingContext2D, scene: Scene, colours: Colours): void {
  const { score, barWidth, left, top, width, height } = scene;
  pen.clearRect(0, 0, width, height);
  const [firstBar, lastBar] = seen(left, width, barWidth, score.bars.length, 0);
  const [firstPart, lastPart] = seen(top, height, ROW, score.parts.length, 0);
  for (let part = firstPart; part < lastPart; part++) {
    const colour = colours.parts[part % 12]!;
    for (let bar = firstBar; bar < lastBar; bar++) {
      tile(pen, scene, colours, colour, part, bar);
    }
  }
  playhead(pen, scene, colours);
}

function tile(pen: CanvasRenderingContext2D, scene: Scene, colours: Colours, colour: string, part: number, bar: number): void {
  const { score, barWidth } = scene;
  const cells = cellsOf(score, score.parts[part]!);
  const isFilled = (cells.bars[bar]?.length ?? 0) + (cells.tails[bar]?.length ?? 0) > 0;
  const key = keyOf(part, bar);
  const [x, y] = [bar * barWidth - scene.left + GAP / 2, part * ROW - scene.top + GAP / 2];
  const [w, h] = [barWidth - GAP, ROW - GAP];
  const radius = Math.min(8, w / 4);
  const isSelected = scene.selected.has(key);
  pen.globalAlpha = 1;
  box(pen, x, y, w, h, radius);
  pen.fillStyle = isFilled ? colours.tile : colours.empty;
  pen.fill();
  if (isFilled || isSelected) {
    pen.globalAlpha = isSelected ? 0.26 : 0.1;
    pen.fillStyle = colour;
    pen.fill();
  }
  pen.globalAlpha = 1;
  if (scene.writing.has(key)) shimmer(pen, scene, colours, x, y, w, h, radius, bar);
  pen.globalAlpha = scene.heard(part) ? 1 : 0.35;
  drawNotes(pen, scene, colour, part, bar, x, y, w, h);
  pen.globalAlpha = 1;
  box(pen, x + 0.5, y + 0.5, w - 1, h - 1, radius);
  pen.strokeStyle = isSelected ? colours.accent : scene.changed.has(key) ? colour : colours.line;
  pen.lineWidth = isSelected ? 2 : 1;
  if (scene.changed.has(key) && !isSelected) {
    pen.setLineDash([5, 3]);
    pen.lineWidth = 1.5;
  }
  pen.stroke();
  pen.setLineDash([]);
  if (scene.cursor === key) {
    box(pen, x + 3, y + 3, w - 6, h - 6, Math.max(2, radius - 2));
    pen.strokeStyle = colours.text;
    pen.lineWidth = 1.5;
    pen.stroke();
  }
  const layers = scene.locked.get(key);
  if (layers) lockMark(pen, colours, x, y, w, layers.has("all"));
  who(pen, scene.writers[part]?.[bar] ?? ".", colours, x, y, w);
}

function drawNotes(
  pen: CanvasRenderingContext2D, scene: Scene, colour: string, part: number, bar: number, x: number, y: number, w: number, h: number,
): void {
  const { score } = scene;
  const { bars, tails, low, high } = cellsOf(score, score.parts[part]!);
  const place = score.bars[bar]!;
  const long = Math.max(1, place.end_tick - place.start_tick);
  const pad = 10;
  const step = (h - 2 * pad) / (high - low + 1);
  const thick = Math.max(2, Math.min(6, step));
  pen.fillStyle = colour;
  const isDrums = score.parts[part]!.is_drums;
  const loud = scene.heard(part) ? 1 : 0.4;
  const draw = ([onset, duration, pitch, velocity]: NoteRow): void => {
    const from = Math.max(0, ((onset - place.start_tick) / long) * w);
    const until = Math.min(w, ((onset + duration - place.start_tick) / long) * w - 1);
    pen.globalAlpha = loud * (0.45 + (0.55 * velocity) / 127);
    pen.fillRect(x + from, y + pad + (high - pitch) * step + (step - thick) / 2, isDrums ? 3 : Math.max(2, until - from), thick);
  };
  if (!isDrums) tails[bar]?.forEach(draw);
  bars[bar]?.forEach(draw);
}

/** A small sign of who wrote a cell: a dot for people, a ring where they edited. */
function who(pen: CanvasRenderingContext2D, letter: string, colours: Colours, x: number, y: number, w: number): void {
  if (letter !== "h" && letter !== "e") return;
  pen.beginPath();
  pen.arc(x + w - 9, y + 9, 2.6, 0, 2 * Math.PI);
  pen.fillStyle = pen.strokeStyle = colours.muted;
  pen.lineWidth = 1.3;
  if (letter === "h") pen.fill();
  else pen.stroke();
}

function lockMark(pen: CanvasRenderingContext2D, colours: Colours, x: number, y: number, w: number, isWhole: boolean): void {
  const [cx, cy] = [x + 6, y + 6];
  if (w < 24) return;
  pen.globalAlpha = isWhole ? 1 : 0.65;
  pen.fillStyle = colours.text;
  pen.fillRect(cx, cy + 5, 10, 7);
  pen.beginPath();
  pen.arc(cx + 5, cy + 5, 3, Math.PI, 0);
  pen.strokeStyle = colours.text;
  pen.lineWidth = 1.6;
  pen.stroke();
  pen.globalAlpha = 1;
}

function shimmer(
  pen: CanvasRenderingContext2D, scene: Scene, colours: Colours, x: number, y: number, w: number, h: number, radius: number, bar: number,
): void {
  const wave = 0.5 + 0.5 * Math.sin(scene.time / 260 - bar * 0.6);
  pen.globalAlpha = 0.06 + 0.16 * wave;
  box(pen, x, y, w, h, radius);
  pen.fillStyle = colours.accent;
  pen.fill();
  pen.globalAlpha = 1;
}

function playhead(pen: CanvasRenderingContext2D, scene: Scene, colours: Colours): void {
  const x = tickToX(scene.score, scene.tick, scene.barWidth) - scene.left;
  if (x < -2 || x > scene.width + 2) return;
  pen.fillStyle = colours.accent;
  pen.fillRect(Math.round(x) - 1, 0, 2, Math.min(scene.height, scene.score.parts.length * ROW - scene.top));
}

/** The place of a tick: bars are equally wide. */
export function tickToX(score: ScoreView, tick: number, barWidth: number): number {
  const { bars } = score;
  let [low, high] = [0, bars.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bars[middle]!.start_tick <= tick) low = middle;
    else high = middle - 1;
  }
  const bar = bars[low];
  if (!bar) return 0;
  const share = (tick - bar.start_tick) / Math.max(1, bar.end_tick - bar.start_tick);
  return (low + Math.min(1, Math.max(0, share))) * barWidth;
}

function box(pen: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, radius: number): void {
  pen.beginPath();
  pen.roundRect(x, y, w, h, Math.max(0, radius));
}
