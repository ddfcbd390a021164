/** The roll's commands: each one takes the editor and makes one edit of the picked notes (or of all). */

import { player } from "../audio/player.svelte";
import { t } from "../i18n.svelte";
import { copyClip, pasteClip, pasteTick, type Clip } from "./clip";
import { copyBy, duplicateShift, erase, legato, move, quantise, type Edited } from "./edit";
import type { RollEditor } from "./editor.svelte";
import { shiftVelocity } from "./velocity";
import { words } from "./words";

let clip: Clip | null = null;

/** An edit in which the picked notes stay at their places in the list. */
const kept = (editor: RollEditor, rows: Edited["rows"], picked = editor.picked): Edited =>
  ({ rows, picked: new Set(picked) });

export function pickAll(editor: RollEditor): void {
  editor.pick(editor.base.rows, new Set(editor.base.rows.keys()));
}

export function removePicked(editor: RollEditor): void {
  if (editor.picked.size === 0) return;
  editor.commit({ rows: erase(editor.base.rows, editor.picked), picked: new Set() }, words.editErase);
}

export function copyPicked(editor: RollEditor): boolean {
  const made = copyClip(editor.base.rows, editor.picked, editor.bars, editor.step, editor.resolution);
  if (!made) return false;
  clip = made;
  editor.spoken = t(words.copied, { n: made.rows.length });
  return true;
}

export function cutPicked(editor: RollEditor): void {
  if (copyPicked(editor)) removePicked(editor);
}

/** Paste at the pointer when it is over the notes, at the cursor of the keyboard, or at the playhead. */
export function paste(editor: RollEditor): void {
  if (!clip) return editor.refuse(t(words.nothingToPaste));
  const at = editor.hover?.tick ?? editor.cursor?.tick ?? player.tick;
  const tick = pasteTick(editor.bars, at, editor.step);
  editor.commit(pasteClip(editor.base.rows, clip, tick, editor.resolution), words.editPaste);
}

export function duplicate(editor: RollEditor): void {
  if (editor.picked.size === 0) return;
  const rows = editor.base.rows;
  const first = Math.min(...[...editor.picked].map((k) => rows[k]![0]));
  const shift = duplicateShift(rows, editor.picked, editor.bars, editor.beatTick(first));
  const copied = copyBy(rows, editor.picked, Math.round(shift));
  editor.commit(copied, words.editDuplicate);
}

export function transpose(editor: RollEditor, semi: number): void {
  if (editor.picked.size === 0) return;
  const rows = move(editor.base.rows, editor.picked, 0, semi, editor.endTick);
  const top = Math.max(...[...editor.picked].map((k) => rows[k]![2]));
  if (editor.commit(kept(editor, rows), words.editTranspose)) editor.audition(top, editor.loudness);
}

export function nudge(editor: RollEditor, shiftTick: number): void {
  if (editor.picked.size === 0) return;
  const rows = move(editor.base.rows, editor.picked, Math.round(shiftTick), 0, editor.endTick);
  editor.commit(kept(editor, rows), words.editMove);
}

export function lengthen(editor: RollEditor, byTick: number): void {
  const least = editor.ground.least;
  const rows = editor.base.rows.map((row, k) => editor.picked.has(k)
    ? ([row[0], Math.max(least, row[1] + Math.round(byTick)), row[2], row[3]] as typeof row) : row);
  editor.commit(kept(editor, rows), words.editResize);
}

export function quantisePicked(editor: RollEditor): void {
  const step = editor.step || editor.resolution / 4;
  const rows = quantise(
    editor.base.rows, editor.chosen, editor.bars, step, editor.strength / 100, editor.alsoEnds,
  );
  // The edited notes are the ones that win where two of a pitch fall on one line.
  const isAll = editor.picked.size === 0;
  if (editor.commit(kept(editor, rows, editor.chosen), words.editQuantise) && isAll) editor.pickNone();
}

export function legatoPicked(editor: RollEditor): void {
  const isAll = editor.picked.size === 0;
  const rows = legato(editor.base.rows, editor.chosen);
  if (editor.commit(kept(editor, rows, editor.chosen), words.editLegato) && isAll) editor.pickNone();
}

/** Louder or softer by steps: a draft that becomes one edit when the wheel rests. */
export function wheelVelocity(editor: RollEditor, which: ReadonlySet<number>, by: number): void {
  const from = editor.draft?.rows ?? editor.base.rows;
  editor.draft = { rows: shiftVelocity(from, which, by), picked: new Set(editor.picked) };
}
