/** Where the figures of numbered notation stand: bars broken into lines, lines spread to one width. */

import type { Figure } from "./jianpu";
import { UNIT } from "./jianpu";

export const FIGURE_PX = 20;
export const BAR_PAD_PX = 15;

/** One figure and where it stands on its line. */
export interface Placed {
  readonly figure: Figure;
  readonly x: number;
  /** Where each dash stands. */
  readonly dashes: readonly number[];
}

export interface Beam {
  readonly level: number;
  readonly x0: number;
  readonly x1: number;
}

export interface Arc {
  readonly x0: number;
  readonly x1: number;
  readonly octave: number;
}

export interface BarBox {
  readonly bar: number;
  readonly x: number;
  readonly width: number;
  readonly placed: readonly Placed[];
}

export interface Line {
  readonly bars: readonly BarBox[];
  readonly beams: readonly Beam[];
  readonly ties: readonly Arc[];
  readonly tuplets: readonly (Beam & { readonly figure: number })[];
}

/** The room a figure wants: its number, sign and dot, and its dashes; short ones stand closer. */
function roomOf(figure: Figure): number {
  const own = figure.lines >= 2 ? 0.82 : figure.lines === 1 ? 0.92 : 1.1;
  return FIGURE_PX * (own + (figure.sign ? 0.35 : 0) + figure.dots * 0.3 + figure.dashes * 1.1);
}

/** The least width of a bar. */
export const barRoom = (figures: readonly Figure[]): number =>
  Math.max(48, BAR_PAD_PX * 2 + figures.reduce((sum, figure) => sum + roomOf(figure), 0));

/** Bars broken into lines no wider than `width`; four bars a line where they fit, never an empty line. */
export function breakLines(bars: readonly (readonly Figure[])[], width: number): number[][] {
  const lines: number[][] = [];
  let line: number[] = [];
  let used = 0;
  bars.forEach((figures, bar) => {
    const room = Math.min(barRoom(figures), width);
    const isFull = used + room > width || line.length >= (width > 1100 ? 8 : 4);
    if (line.length > 0 && isFull) {
      lines.push(line);
      line = [];
      used = 0;
    }
    line.push(bar);
    used += room;
  });
  if (line.length > 0) lines.push(line);
  return lines;
}

/** One line laid out over `width`; the last line is not stretched past what looks right. */
export function layLine(
  bars: readonly (readonly Figure[])[], line: readonly number[], width: number, isLast = false,
): Line {
  const least = line.reduce((sum, bar) => sum + barRoom(bars[bar] ?? []), 0);
  const stretch = isLast ? Math.min(width / least, 1.6) : width / least;
  const boxes: BarBox[] = [];
  let x = 0;
  for (const bar of line) {
    const figures = bars[bar] ?? [];
    const room = barRoom(figures) * stretch;
    boxes.push({ bar, x, width: room, placed: place(figures, x, room) });
    x += room;
  }
  const all = boxes.flatMap((box) => box.placed);
  return { bars: boxes, beams: boxes.flatMap((box) => beams(box.placed)), ties: ties(all), tuplets: boxes.flatMap((box) => tuplets(box.placed)) };
}

function place(figures: readonly Figure[], left: number, width: number): Placed[] {
  const wanted = figures.reduce((sum, figure) => sum + roomOf(figure), 0);
  const share = (width - BAR_PAD_PX * 2) / Math.max(1, wanted);
  let x = left + BAR_PAD_PX;
  return figures.map((figure) => {
    const room = roomOf(figure) * share;
    const head = room / (1 + figure.dashes);
    const signRoom = figure.sign ? FIGURE_PX * 0.3 : 0;
    const centre = x + Math.min(head / 2, FIGURE_PX * 0.8) + signRoom;
    const dashes = Array.from({ length: figure.dashes }, (_, k) => centre + head * (k + 1));
    x += room;
    return { figure, x: centre, dashes };
  });
}

/** The beat a figure belongs to when short notes are joined under one line. */
const beatOf = (figure: Figure): number => Math.floor(figure.at / UNIT + 1e-9);

function beams(placed: readonly Placed[]): Beam[] {
  const found: Beam[] = [];
  for (const level of [1, 2, 3]) {
    let run: Placed[] = [];
    const close = () => {
      const [first, last] = [run[0], run[run.length - 1]];
      if (first && last) found.push({ level, x0: first.x - 6, x1: last.x + (last.figure.dots ? 10 : 6) });
      run = [];
    };
    for (const one of placed) {
      const last = run[run.length - 1];
      if (last && beatOf(last.figure) !== beatOf(one.figure)) close();
      if (one.figure.lines >= level) run.push(one);
      else close();
    }
    close();
  }
  return found;
}

function ties(placed: readonly Placed[]): Arc[] {
  const arcs: Arc[] = [];
  placed.forEach((one, k) => {
    if (!one.figure.isTied) return;
    const before = placed[k - 1];
    const x0 = before ? before.x : one.x - FIGURE_PX;
    arcs.push({ x0, x1: one.x, octave: one.figure.octave });
  });
  return arcs;
}

function tuplets(placed: readonly Placed[]): (Beam & { figure: number })[] {
  const found: (Beam & { figure: number })[] = [];
  let run: Placed[] = [];
  const close = () => {
    const [first, last] = [run[0], run[run.length - 1]];
    if (first && last && run.length > 1)
      found.push({ level: 0, figure: first.figure.tuplet, x0: first.x - 5, x1: last.x + 5 });
    run = [];
  };
  for (const one of placed) {
    const last = run[run.length - 1];
    if (last && (beatOf(last.figure) !== beatOf(one.figure) || last.figure.tuplet !== one.figure.tuplet))
      close();
    if (one.figure.tuplet > 0) run.push(one);
    else close();
  }
  close();
  return found;
}
