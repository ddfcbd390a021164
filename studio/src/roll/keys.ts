/** The roll by keyboard alone: a cursor that puts, removes and picks notes; picked notes moved by arrows. */

import { t } from "../i18n.svelte";
import {
  copyPicked, cutPicked, duplicate, lengthen, nudge, paste, pickAll, quantisePicked, removePicked,
  transpose,
} from "./actions";
import { studio } from "../state/studio.svelte";
import { erase } from "./edit";
import type { RollEditor } from "./editor.svelte";
import { barAt, countRows, pitchOf, rowOf, tickAt } from "./geometry";
import { snapTick } from "./snap";
import { words } from "./words";

type NameOf = (pitch: number) => string;

/** Act on a key; true where it meant something here. */
export function pressKey(editor: RollEditor, event: KeyboardEvent, nameOf: NameOf): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && !event.altKey) return command(editor, event, nameOf);
  if (event.altKey) return false;
  if (event.key.startsWith("Arrow")) return arrow(editor, event.key, event.shiftKey, nameOf);
  switch (event.key) {
    case "Escape": return escape(editor, nameOf);
    case "Enter": return toggleAtCursor(editor, nameOf);
    case "Delete":
    case "Backspace":
      removePicked(editor);
      return true;
    case "+":
    case "=": return changeLength(editor, 1, nameOf);
    case "-":
    case "_": return changeLength(editor, -1, nameOf);
    case "q":
    case "Q":
      quantisePicked(editor);
      return true;
    case "1":
    case "2":
    case "3":
      // While candidates are heard, the numbers choose among them.
      if (studio.preview !== null) return false;
      editor.tool = ({ 1: "select", 2: "draw", 3: "erase" } as const)[event.key];
      return true;
    case "Home": return goTo(editor, 0, nameOf);
    case "End": return goTo(editor, editor.endTick - 1, nameOf);
    default: return false;
  }
}

function command(editor: RollEditor, event: KeyboardEvent, nameOf: NameOf): boolean {
  switch (event.key.toLowerCase()) {
    case "a": pickAll(editor); return true;
    case "c": copyPicked(editor); return true;
    case "x": cutPicked(editor); return true;
    case "v": paste(editor); return true;
    case "d": duplicate(editor); return true;
    case "enter": return pickAtCursor(editor, nameOf);
    default: return false;
  }
}

/** One step of the cursor and of nudges: the grid's, or a sixteenth when snapping is off. */
const stepOf = (editor: RollEditor): number => editor.step || editor.resolution / 4;

function arrow(editor: RollEditor, key: string, isFar: boolean, nameOf: NameOf): boolean {
  const sign = key === "ArrowUp" || key === "ArrowRight" ? 1 : -1;
  const isPitch = key === "ArrowUp" || key === "ArrowDown";
  if (editor.picked.size > 0 && !editor.cursor) {
    if (isPitch) transpose(editor, sign * (isFar && !editor.isDrums ? 12 : 1));
    else nudge(editor, sign * (isFar ? editor.beatTick(firstTick(editor)) : stepOf(editor)));
    return true;
  }
  const cursor = editor.cursor ?? startCursor(editor);
  if (isPitch) {
    const rows = editor.pitchRows;
    const row = rowOf(rows, cursor.pitch) - sign * (isFar && !rows.folded ? 12 : 1);
    const pitch = pitchOf(rows, Math.min(countRows(rows) - 1, Math.max(0, row)));
    setCursor(editor, cursor.tick, pitch, nameOf);
    editor.audition(pitch, editor.loudness, 160);
    return true;
  }
  setCursor(editor, isFar ? barAway(editor, cursor.tick, sign) : stepAway(editor, cursor.tick, sign), cursor.pitch, nameOf);
  return true;
}

const firstTick = (editor: RollEditor): number =>
  Math.min(...[...editor.picked].map((k) => editor.base.rows[k]![0]));

/** The next grid line before or after a tick; bar lines always count. */
function stepAway(editor: RollEditor, tick: number, sign: number): number {
  const step = stepOf(editor);
  const bar = editor.bars[barAt(editor.bars, tick)];
  const start = bar?.start_tick ?? 0;
  const end = bar?.end_tick ?? 0;
  const k = (tick - start) / step;
  if (sign > 0) return Math.min(end, Math.round(start + (Math.floor(k + 1e-6) + 1) * step));
  if (tick > start) return Math.round(start + (Math.ceil(k - 1e-6) - 1) * step);
  const before = editor.bars[barAt(editor.bars, start - 1)];
  if (start === 0 || !before) return 0;
  const n = Math.ceil((before.end_tick - before.start_tick) / step - 1e-6) - 1;
  return Math.round(before.start_tick + n * step);
}

function barAway(editor: RollEditor, tick: number, sign: number): number {
  const index = barAt(editor.bars, tick);
  const bar = editor.bars[index];
  if (sign < 0 && bar && tick > bar.start_tick) return bar.start_tick;
  return editor.bars[Math.max(0, index + sign)]?.start_tick ?? bar?.start_tick ?? 0;
}

/** Where the cursor comes up: the first picked note, or the middle of what is in sight. */
function startCursor(editor: RollEditor): { tick: number; pitch: number } {
  const first = [...editor.picked][0];
  const row = first === undefined ? undefined : editor.base.rows[first];
  if (row) return { tick: row[0], pitch: row[2] };
  const { areas, camera } = editor;
  const seen = snapTick(editor.bars, Math.max(0, tickAt(areas, camera, areas.keys)), stepOf(editor));
  const near = editor.base.rows.find((one) => one[0] >= seen) ?? editor.base.rows[0];
  return { tick: Math.max(0, seen), pitch: near?.[2] ?? (editor.isDrums ? 36 : 60) };
}

function setCursor(editor: RollEditor, tick: number, pitch: number, nameOf: NameOf): void {
  const kept = Math.min(Math.max(0, tick), Math.max(0, editor.endTick - 1));
  editor.cursor = { tick: kept, pitch };
  editor.show(kept, pitch);
  editor.spoken = tellCursor(editor, nameOf);
}

function goTo(editor: RollEditor, tick: number, nameOf: NameOf): boolean {
  const cursor = editor.cursor ?? startCursor(editor);
  setCursor(editor, snapTick(editor.bars, tick, stepOf(editor), "before"), cursor.pitch, nameOf);
  return true;
}

/** The note under the cursor: one that begins in its step, or sounds there. */
export function noteAt(editor: RollEditor, tick: number, pitch: number): number | null {
  let held: number | null = null;
  for (const [k, row] of editor.base.rows.entries()) {
    if (row[2] !== pitch) continue;
    if (row[0] >= tick - 1 && row[0] < tick + stepOf(editor) - 1) return k;
    if (row[0] < tick && row[0] + row[1] > tick) held = k;
  }
  return held;
}

const beatsOf = (ticks: number, beat: number): string => String(Math.round((ticks / beat) * 100) / 100);

/** The cursor's place in words, for a screen reader. */
export function tellCursor(editor: RollEditor, nameOf: NameOf): string {
  const { cursor } = editor;
  if (!cursor) return "";
  const bar = editor.bars[barAt(editor.bars, cursor.tick)];
  const beat = editor.beatTick(cursor.tick);
  const at = Math.round(((cursor.tick - (bar?.start_tick ?? 0)) / beat + 1) * 100) / 100;
  const place = { bar: bar?.number ?? 1, beat: at, name: nameOf(cursor.pitch) };
  const k = noteAt(editor, cursor.tick, cursor.pitch);
  const row = k === null ? null : editor.base.rows[k]!;
  if (!row) return t(words.cursor, place);
  if (row[0] < cursor.tick - 1) return t(words.cursorHeld, place);
  return t(words.cursorNote, { ...place, length: beatsOf(row[1], beat), velocity: row[3] });
}

function toggleAtCursor(editor: RollEditor, nameOf: NameOf): boolean {
  if (!editor.cursor) {
    const { tick, pitch } = startCursor(editor);
    setCursor(editor, tick, pitch, nameOf);
    return true;
  }
  const { tick, pitch } = editor.cursor;
  const rows = editor.base.rows;
  const k = noteAt(editor, tick, pitch);
  if (k !== null) {
    const isDone = editor.commit({ rows: erase(rows, new Set([k])), picked: new Set() }, words.editErase);
    if (isDone) editor.spoken = t(words.removed);
    return true;
  }
  const length = Math.min(editor.newLength, editor.endTick - tick);
  const note: (typeof rows)[number] = [tick, length, pitch, editor.loudness];
  if (editor.commit({ rows: [...rows, note], picked: new Set() }, words.editDraw)) {
    editor.spoken = t(words.put);
    editor.audition(pitch, editor.loudness);
  }
  return true;
}

function pickAtCursor(editor: RollEditor, nameOf: NameOf): boolean {
  if (!editor.cursor) return false;
  const k = noteAt(editor, editor.cursor.tick, editor.cursor.pitch);
  if (k === null) return true;
  const picked = new Set(editor.picked);
  if (!picked.delete(k)) picked.add(k);
  editor.pick(editor.base.rows, picked);
  editor.spoken = `${tellCursor(editor, nameOf)}. ${t(words.nPicked, { n: picked.size })}`;
  return true;
}

/** + and -: the picked notes, the note under the cursor, or the next note to be drawn. */
function changeLength(editor: RollEditor, sign: number, nameOf: NameOf): boolean {
  const by = sign * stepOf(editor);
  if (editor.picked.size > 0 && !editor.cursor) {
    lengthen(editor, by);
    return true;
  }
  const k = editor.cursor ? noteAt(editor, editor.cursor.tick, editor.cursor.pitch) : null;
  if (k === null) {
    editor.lengthQn = Math.max(1 / 16, editor.lengthQn + by / editor.resolution);
    editor.spoken = t(words.beats, { n: Math.round(editor.lengthQn * 100) / 100 });
    return true;
  }
  const rows = [...editor.base.rows];
  const row = rows[k]!;
  rows[k] = [row[0], Math.max(editor.ground.least, Math.round(row[1] + by)), row[2], row[3]];
  editor.lengthQn = rows[k][1] / editor.resolution;
  editor.commit({ rows, picked: new Set([k]) }, words.editResize);
  editor.pickNone();
  editor.spoken = tellCursor(editor, nameOf);
  return true;
}

/** Escape: lets go of the cursor so that arrows move what is picked, then of what is picked. */
function escape(editor: RollEditor, nameOf: NameOf): boolean {
  if (editor.draft) {
    editor.draft = null;
    return true;
  }
  if (editor.picked.size > 0 && editor.cursor) {
    editor.cursor = null;
    editor.spoken = t(words.nPicked, { n: editor.picked.size });
    return true;
  }
  if (editor.picked.size > 0) {
    const at = startCursor(editor);
    editor.pickNone();
    setCursor(editor, at.tick, at.pitch, nameOf);
    return true;
  }
  if (!editor.cursor) return false;
  editor.cursor = null;
  return true;
}

