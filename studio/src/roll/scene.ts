/** All that one picture of the roll shows; built by the editor, read by the painters. */

import type { BarView, NoteRow } from "../lib/types";
import type { Areas, Camera, Rows } from "./geometry";
import type { Palette } from "./palette";
import type { NoteIndex } from "./pick";
import type { Lit } from "./scale";

export interface ChordMark {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly pcs: ReadonlySet<number>;
}

export interface SectionMark {
  readonly start: number;
  readonly label: string;
}

export interface Ghost {
  readonly part: number;
  readonly index: NoteIndex;
}

export interface Scene {
  readonly areas: Areas;
  readonly camera: Camera;
  readonly rows: Rows;
  readonly bars: readonly BarView[];
  readonly resolution: number;
  readonly endTick: number;
  readonly stepTick: number;
  readonly isDrums: boolean;
  readonly lit: Lit | null;
  readonly fifths: number;
  readonly chords: readonly ChordMark[];
  readonly sections: readonly SectionMark[];
  readonly locked: ReadonlyMap<number, readonly string[]>;
  readonly ghosts: readonly Ghost[];
  readonly part: number;
  readonly notes: NoteIndex;
  readonly picked: ReadonlySet<number>;
  readonly nameOf: (pitch: number) => string;
  readonly laneLabel: string;
  readonly palette: Palette;
}

/** What lies over the notes and moves often. */
export interface Overlay {
  readonly playTick: number | null;
  readonly isPlaying: boolean;
  readonly loop: { readonly start: number; readonly end: number; readonly on: boolean } | null;
  readonly box: { x0: number; y0: number; x1: number; y1: number } | null;
  readonly line: { x0: number; y0: number; x1: number; y1: number } | null;
  readonly cursor: { readonly tick: number; readonly pitch: number; readonly length: number } | null;
  readonly hoverPitch: number | null;
  readonly ghostNote: NoteRow | null;
  readonly pressed: ReadonlySet<number>;
  readonly tip: { readonly x: number; readonly y: number; readonly text: string } | null;
}
