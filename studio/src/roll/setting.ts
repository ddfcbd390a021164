/** The picture that the roll shows, built from the editor's state and the score. */

import { t } from "../i18n.svelte";
import type { NoteRow, ScoreView } from "../lib/types";
import { chordName } from "../lib/theory";
import { studio } from "../state/studio.svelte";
import { DRUMS } from "./drums";
import type { RollEditor } from "./editor.svelte";
import type { Palette } from "./palette";
import { indexNotes, type NoteIndex } from "./pick";
import { chordPcs, pitchName, readScale, type Lit } from "./scale";
import type { ChordMark, Ghost, Scene } from "./scene";
import { words } from "./words";

const indexes = new WeakMap<object, NoteIndex>();

/** The index of a part's notes, made once for each list that the server or an edit gives. */
function indexOf(rows: readonly NoteRow[]): NoteIndex {
  let index = indexes.get(rows);
  if (!index) indexes.set(rows, (index = indexNotes(rows)));
  return index;
}

export function nameOfPitch(editor: RollEditor, pitch: number): string {
  if (!editor.isDrums) return pitchName(pitch, editor.score?.key?.fifths ?? 0);
  const names = DRUMS[pitch];
  return names ? t(names) : String(pitch);
}

/** The scale that is lit: the chosen one, or the key of the piece; null for none. */
function litScale(score: ScoreView): Lit | null {
  if (studio.scale === "off") return null;
  if (studio.scale) return readScale(studio.scale);
  return score.key ? readScale(score.key.name) : null;
}

function chordMarks(score: ScoreView, endTick: number): ChordMark[] {
  return score.chords.map((chord, k) => ({
    start: chord.tick,
    end: score.chords[k + 1]?.tick ?? endTick,
    label: chordName(chord, studio.chordNames, score),
    pcs: chordPcs(chord.symbol),
  }));
}

/** The other parts' notes; drums show none, and are no ghosts, for their pitches are no heights. */
function ghostsOf(editor: RollEditor, score: ScoreView): Ghost[] {
  if (!editor.ghosts || editor.isDrums) return [];
  return score.parts.flatMap((part, k) =>
    k === editor.part || part.is_drums ? [] : [{ part: k, index: indexOf(part.notes) }]);
}

let marks: { score: ScoreView; names: string; list: ChordMark[] } | null = null;

/** Chords change seldom, the scene with every scroll: they are worked out once for each score. */
function marksOf(score: ScoreView, endTick: number): readonly ChordMark[] {
  if (marks?.score !== score || marks.names !== studio.chordNames)
    marks = { score, names: studio.chordNames, list: chordMarks(score, endTick) };
  return marks.list;
}

/** What is painted now. */
export function buildScene(editor: RollEditor, palette: Palette): Scene | null {
  const { score } = editor;
  if (!score || !editor.partView) return null;
  const lit = litScale(score);
  return {
    areas: editor.areas,
    camera: editor.camera,
    rows: editor.pitchRows,
    bars: editor.bars,
    resolution: editor.resolution,
    endTick: editor.endTick,
    stepTick: editor.step,
    isDrums: editor.isDrums,
    lit,
    fifths: lit?.fifths ?? score.key?.fifths ?? 0,
    chords: marksOf(score, editor.endTick),
    sections: score.sections.map((one) => ({
      start: editor.bars[one.bar]?.start_tick ?? 0, label: one.label,
    })),
    locked: editor.held,
    ghosts: ghostsOf(editor, score),
    part: editor.part,
    notes: editor.shown.index,
    picked: editor.shown.picked,
    nameOf: (pitch) => nameOfPitch(editor, pitch),
    laneLabel: t(words.velocity),
    palette,
  };
}
