/** Which cells a step wrote, from its words (`"Melody:5-8,11"`, bars by number) to a small picture. */

export interface Cell {
  readonly part: number;
  /** Index from 0. */
  readonly bar: number;
}

interface Frame {
  readonly parts: readonly { readonly name: string }[];
  readonly bars: readonly { readonly number: number }[];
}

/** The cells named by texts or as pairs; a part or bars that are no longer there are left out. */
export function cellsOf(named: readonly (string | readonly [part: number, bar: number])[], frame: Frame): Cell[] {
  const index = new Map<number, number>();
  frame.bars.forEach((bar, k) => {
    if (!index.has(bar.number)) index.set(bar.number, k);
  });
  const found: Cell[] = [];
  for (const text of named) {
    if (typeof text !== "string") {
      found.push({ part: text[0], bar: text[1] });
      continue;
    }
    const at = text.lastIndexOf(":");
    const name = at < 0 ? text : text.slice(0, at);
    const spans = at < 0 ? "" : text.slice(at + 1);
    const parts = frame.parts.flatMap((part, k) => (part.name === name || name === "*" ? [k] : []));
    for (const part of parts) for (const bar of barsOf(spans, index, frame.bars.length)) found.push({ part, bar });
  }
  return found;
}

function barsOf(spans: string, index: Map<number, number>, nBars: number): number[] {
  if (!spans) return Array.from({ length: nBars }, (_, k) => k);
  const found: number[] = [];
  for (const span of spans.split(",")) {
    const [first, last] = span.split("-").map(Number);
    for (let number = first!; number <= (last ?? first!); number += 1) {
      const bar = index.get(number);
      if (bar !== undefined) found.push(bar);
    }
  }
  return found;
}

export interface Square {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly part: number;
}

/** Cells as bars of a small picture of at most `nColumns` columns; neighbours are joined. */
export function squaresOf(cells: readonly Cell[], nBars: number, nColumns: number): Square[] {
  const columns = Math.max(1, Math.min(nColumns, nBars));
  const rows = new Map<number, Set<number>>();
  for (const { part, bar } of cells) {
    const row = rows.get(part) ?? new Set<number>();
    row.add(Math.floor((bar * columns) / Math.max(1, nBars)));
    rows.set(part, row);
  }
  const found: Square[] = [];
  for (const [part, row] of rows) {
    let start = -2;
    let last = -2;
    for (const column of [...row].sort((a, b) => a - b)) {
      if (column !== last + 1) {
        if (start >= 0) found.push({ x: start / columns, y: part, width: (last + 1 - start) / columns, part });
        start = column;
      }
      last = column;
    }
    found.push({ x: start / columns, y: part, width: (last + 1 - start) / columns, part });
  }
  return found;
}
