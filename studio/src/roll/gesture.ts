/** What a drag does to the notes: a gesture is begun, told where the pointer is, and gives a draft.

Pure: no events, no canvas. A point is a place in the music (tick, pitch) and a height in the velocity
lane. The draft is what the roll shows; at the end `settle` makes it the new notes.
*/

import type { BarView, NoteRow } from "../lib/types";
import { copyBy, move, resize, type Edited, type Picked, type Rows } from "./edit";
import { inBox } from "./pick";
import { snapTick } from "./snap";
import { ramp, setVelocity, shiftVelocity } from "./velocity";

export interface Point {
  readonly tick: number;
  readonly pitch: number;
  readonly velocity: number;
}

/** What a gesture needs to know of the music and the keys held. */
export interface Ground {
  readonly bars: readonly BarView[];
  readonly endTick: number;
  readonly step: number;
  readonly least: number;
  readonly isDrums: boolean;
  /** How many ticks beside a velocity bar a hand still means it. */
  readonly reach: number;
}

export type Gesture =
  | { kind: "move"; rows: Rows; picked: Picked; from: Point; grabbed: number; isCopy: boolean }
  | { kind: "resize"; edge: "start" | "end"; rows: Rows; picked: Picked; from: Point; grabbed: number }
  | { kind: "draw"; rows: Rows; note: NoteRow; isStretched: boolean }
  | { kind: "hits"; rows: Rows; note: NoteRow; placed: Map<number, NoteRow> }
  | { kind: "erase"; rows: Rows; picked: Picked; gone: Set<number> }
  | { kind: "marquee"; rows: Rows; picked: Picked; from: Point; isAdding: boolean }
  | { kind: "paint"; rows: Rows; picked: Picked; last: Point }
  | { kind: "loudness"; rows: Rows; picked: Picked; from: Point }
  | { kind: "ramp"; rows: Rows; picked: Picked; from: Point };

/** What the notes become while the pointer is at a point. */
export function draftOf(gesture: Gesture, point: Point, ground: Ground): Edited {
  switch (gesture.kind) {
    case "move": return moved(gesture, point, ground);
    case "resize": return resized(gesture, point, ground);
    case "draw": return drawn(gesture, point, ground);
    case "hits": return hit(gesture, point, ground);
    case "erase": return erased(gesture);
    case "marquee": return marked(gesture, point);
    case "paint": return painted(gesture, point, ground.reach);
    case "loudness": {
      const by = Math.round(point.velocity - gesture.from.velocity);
      return { rows: shiftVelocity(gesture.rows, gesture.picked, by), picked: new Set(gesture.picked) };
    }
    case "ramp":
      return {
        rows: ramp(gesture.rows, gesture.picked, gesture.from, point, ground.reach),
        picked: new Set(gesture.picked),
      };
  }
}

type Of<K extends Gesture["kind"]> = Extract<Gesture, { kind: K }>;

function moved(gesture: Of<"move">, point: Point, ground: Ground): Edited {
  const onset = gesture.rows[gesture.grabbed]?.[0] ?? 0;
  const raw = point.tick - gesture.from.tick;
  // Less than half a step is a move in pitch alone: a note off the grid stays where it was played.
  const isHeld = ground.step > 0 && Math.abs(raw) < ground.step / 2;
  const shift = isHeld ? 0 : snapTick(ground.bars, onset + raw, ground.step) - onset;
  const semi = point.pitch - gesture.from.pitch;
  if (!gesture.isCopy) {
    const rows = move(gesture.rows, gesture.picked, shift, semi, ground.endTick);
    return { rows, picked: new Set(gesture.picked) };
  }
  if (shift === 0 && semi === 0) return { rows: [...gesture.rows], picked: new Set(gesture.picked) };
  const copied = copyBy(gesture.rows, gesture.picked);
  return { rows: move(copied.rows, copied.picked, shift, semi, ground.endTick), picked: copied.picked };
}

function resized(gesture: Of<"resize">, point: Point, ground: Ground): Edited {
  const row = gesture.rows[gesture.grabbed];
  const edge = row ? row[0] + (gesture.edge === "end" ? row[1] : 0) : 0;
  const raw = point.tick - gesture.from.tick;
  const isHeld = ground.step > 0 && Math.abs(raw) < ground.step / 4;
  const shift = isHeld ? 0 : snapTick(ground.bars, edge + raw, ground.step) - edge;
  const rows = resize(gesture.rows, gesture.picked, gesture.edge, shift, ground.least);
  return { rows, picked: new Set(gesture.picked) };
}

function drawn(gesture: Of<"draw">, point: Point, ground: Ground): Edited {
  const [onset, duration, pitch, velocity] = gesture.note;
  let length = duration;
  if (gesture.isStretched) {
    const end = snapTick(ground.bars, point.tick + ground.step / 2, ground.step);
    length = Math.max(Math.round(ground.step || ground.least), end - onset);
  }
  const note: NoteRow = [onset, Math.max(1, Math.min(length, ground.endTick - onset)), pitch, velocity];
  return { rows: [...gesture.rows, note], picked: new Set([gesture.rows.length]) };
}

/** Drums: a drag puts one hit on each grid line that it passes. */
function hit(gesture: Of<"hits">, point: Point, ground: Ground): Edited {
  const [first, duration, pitch, velocity] = gesture.note;
  const step = ground.step || ground.least;
  const [from, until] = [Math.min(first, point.tick), Math.max(first, point.tick)];
  for (let tick = from; tick <= until; tick += step) {
    const onset = snapTick(ground.bars, tick, step, "before");
    const isTaken = gesture.rows.some((row) => row[2] === pitch && Math.abs(row[0] - onset) < step / 2);
    if (!isTaken && onset < ground.endTick) gesture.placed.set(onset, [onset, duration, pitch, velocity]);
  }
  const added = [...gesture.placed.values()];
  return {
    rows: [...gesture.rows, ...added],
    picked: new Set(added.map((_, k) => gesture.rows.length + k)),
  };
}

function erased(gesture: Of<"erase">): Edited {
  const rows: NoteRow[] = [];
  const picked = new Set<number>();
  gesture.rows.forEach((row, index) => {
    if (gesture.gone.has(index)) return;
    if (gesture.picked.has(index)) picked.add(rows.length);
    rows.push(row);
  });
  return { rows, picked };
}

function marked(gesture: Of<"marquee">, point: Point): Edited {
  const found = inBox(gesture.rows, {
    start: Math.min(gesture.from.tick, point.tick),
    end: Math.max(gesture.from.tick, point.tick),
    low: Math.min(gesture.from.pitch, point.pitch),
    high: Math.max(gesture.from.pitch, point.pitch),
  });
  const picked = gesture.isAdding ? new Set([...gesture.picked, ...found]) : found;
  return { rows: [...gesture.rows], picked };
}

/** Bars of velocity painted by hand: those between the last place and this one lie on a line between them,
those just beside it follow the pointer. */
function painted(gesture: Of<"paint">, point: Point, reach: number): Edited {
  const { last } = gesture;
  const [start, end] = [Math.min(last.tick, point.tick), Math.max(last.tick, point.tick)];
  const beside = new Set<number>();
  gesture.rows.forEach((row, k) => {
    const isBetween = row[0] > start && row[0] < end;
    if (!isBetween && row[0] >= start - reach && row[0] <= end + reach) beside.add(k);
  });
  const rows = setVelocity(ramp(gesture.rows, new Set(), last, point), beside, point.velocity);
  gesture.rows = rows;
  gesture.last = point;
  return { rows: [...rows], picked: new Set(gesture.picked) };
}

/** The rows with one velocity bar taken to where the pointer is, and its chord with it. */
export function pullVelocity(rows: Rows, index: number, velocity: number, picked: Picked): NoteRow[] {
  const onset = rows[index]?.[0];
  const chord = new Set<number>();
  rows.forEach((row, k) => {
    if (row[0] === onset && (picked.size === 0 || !picked.has(index) || picked.has(k))) chord.add(k);
  });
  return setVelocity(rows, chord, velocity);
}
