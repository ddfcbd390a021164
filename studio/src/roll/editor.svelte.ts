/** The state of the piano roll: what it shows, what is picked, and how an edit reaches the project. */

import { player } from "../audio/player.svelte";
import { t } from "../i18n.svelte";
import type { BarView, NoteRow, PartView } from "../lib/types";
import { studio } from "../state/studio.svelte";
import { brokenBar, changeOps, lockedBars, noteId } from "./change";
import { settle, type Edited } from "./edit";
import {
  barAt, beatQn, clampCamera, fit, follow, reveal, rowsOf, zoomPitch, zoomTime,
  type Areas, type Camera,
} from "./geometry";
import type { Ground } from "./gesture";
import { indexNotes, type NoteIndex } from "./pick";
import { gridTick } from "./snap";
import { words } from "./words";

export type Tool = "select" | "draw" | "erase";
export type Label = readonly [string, string];

const NO_BARS: readonly BarView[] = [];
const NO_NOTES: readonly NoteRow[] = [];

/** A draft in the order of time, its picked notes with it. */
function inOrder(edited: Edited): Edited {
  const order = edited.rows.map((_, k) => k).sort((a, b) => edited.rows[a]![0] - edited.rows[b]![0]);
  return {
    rows: order.map((k) => edited.rows[k]!),
    picked: new Set(order.flatMap((k, place) => (edited.picked.has(k) ? [place] : []))),
  };
}

export class RollEditor {
  areas = $state.raw<Areas>({ width: 900, height: 480, keys: 68, ruler: 26, chords: 22, velocity: 84 });
  camera = $state.raw<Camera>({ tick: 0, row: 0, tickPx: 0.1, rowPx: 15 });
  tool = $state<Tool>("select");
  grid = $state("1/16");
  strength = $state(100);
  alsoEnds = $state(false);
  ghosts = $state(true);
  isFollowing = $state(true);
  isRamping = $state(false);
  isFolded = $state(false);
  draft = $state.raw<Edited | null>(null);
  cursor = $state.raw<{ tick: number; pitch: number } | null>(null);
  hover = $state.raw<{ tick: number; pitch: number; x: number; y: number } | null>(null);
  pressed = $state.raw<ReadonlySet<number>>(new Set());
  spoken = $state("");
  /** Quarter notes and velocity of the next drawn note: as the last one that was drawn or touched. */
  lengthQn = $state(0.5);
  loudness = $state(88);

  score = $derived(studio.score);
  bars = $derived<readonly BarView[]>(this.score?.bars ?? NO_BARS);
  resolution = $derived(this.score?.resolution ?? 480);
  endTick = $derived(this.bars[this.bars.length - 1]?.end_tick ?? 0);
  part = $derived(Math.min(studio.focusPart ?? 0, Math.max(0, (this.score?.parts.length ?? 1) - 1)));
  partView = $derived<PartView | null>(this.score?.parts[this.part] ?? null);
  isDrums = $derived(this.partView?.is_drums ?? false);
  base = $derived<NoteIndex>(indexNotes(this.partView?.notes ?? NO_NOTES));
  pitchRows = $derived(rowsOf(this.base.rows, this.isDrums, this.isFolded));
  step = $derived(gridTick(this.grid, this.resolution));
  held = $derived(lockedBars(studio.project?.locks ?? [], this.part));
  picked = $derived.by<ReadonlySet<number>>(() => {
    const chosen = studio.selection.notes;
    const found = new Set<number>();
    if (chosen.size === 0) return found;
    this.base.rows.forEach((row, k) => {
      if (chosen.has(noteId(this.part, row))) found.add(k);
    });
    return found;
  });
  /** What is on the screen: the draft of a drag, or the notes as they are. */
  shown = $derived.by<{ index: NoteIndex; picked: ReadonlySet<number> }>(() => {
    if (!this.draft) return { index: this.base, picked: this.picked };
    const sorted = inOrder(this.draft);
    return { index: indexNotes(sorted.rows), picked: sorted.picked };
  });

  /** What was shown last, so that coming back finds the roll as it was left. */
  shownProject = "";
  shownPart = -1;
  #auditions = new Map<number, ReturnType<typeof setTimeout>>();
  #scrolledAt = 0;

  get ground(): Ground {
    return {
      bars: this.bars,
      endTick: this.endTick,
      step: this.step,
      least: Math.max(1, Math.round(this.resolution / 16)),
      isDrums: this.isDrums,
      reach: 8 / this.camera.tickPx,
    };
  }

  /** Ticks of a new note: the last length, on drums one step of the grid. */
  get newLength(): number {
    const usual = Math.round(this.lengthQn * this.resolution);
    return Math.max(1, this.isDrums ? Math.round(Math.min(this.step || usual, this.resolution / 4)) : usual);
  }

  beatTick(tick: number): number {
    return beatQn(this.bars[barAt(this.bars, tick)]?.metre ?? "4/4") * this.resolution;
  }

  // The camera.

  look(camera: Camera): void {
    this.camera = clampCamera(this.areas, camera, this.pitchRows, this.endTick, this.resolution);
  }

  scroll(dx: number, dy: number): void {
    this.#scrolledAt = performance.now();
    const { camera } = this;
    this.look({ ...camera, tick: camera.tick + dx / camera.tickPx, row: camera.row + dy / camera.rowPx });
  }

  zoom(factor: number, x = this.areas.keys + (this.areas.width - this.areas.keys) / 2): void {
    this.#scrolledAt = performance.now();
    this.look(zoomTime(this.areas, this.camera, factor, x));
  }

  zoomRows(factor: number, y = this.areas.height / 2): void {
    this.look(zoomPitch(this.areas, this.camera, factor, y));
  }

  /** Show bars start to end (all of them without), with the pitches that sound there. */
  fitBars(start = 0, end = this.bars.length): void {
    const from = this.bars[start]?.start_tick ?? 0;
    const until = this.bars[Math.min(end, this.bars.length) - 1]?.end_tick ?? this.endTick;
    const inside = this.base.rows.filter((row) => row[0] < until && row[0] + row[1] > from);
    const pitches = (inside.length > 0 ? inside : this.base.rows).map((row) => row[2]);
    const usual = this.isDrums ? [36, 51] : [55, 79];
    const [low, high] = pitches.length > 0 ? [Math.min(...pitches), Math.max(...pitches)] : usual;
    this.look(fit(this.areas, this.pitchRows, { start: from, end: until, low: low!, high: high! }));
  }

  /** Show only the pitches that are in use, or all again. */
  fold(): void {
    this.isFolded = !this.isFolded;
    const { tick, tickPx } = this.camera;
    this.fitBars();
    this.look({ ...this.camera, tick, tickPx });
  }

  fitPicked(): void {
    const rows = [...this.picked].map((k) => this.base.rows[k]!);
    if (rows.length === 0) return this.fitBars();
    const start = barAt(this.bars, Math.min(...rows.map((row) => row[0])));
    const end = barAt(this.bars, Math.max(...rows.map((row) => row[0] + row[1] - 1))) + 1;
    this.fitBars(start, end);
  }

  /** Keep the playhead in sight, but not against a hand that has just scrolled. */
  followTick(tick: number): void {
    if (!this.isFollowing || this.draft || performance.now() - this.#scrolledAt < 2500) return;
    const next = follow(this.areas, this.camera, tick);
    if (next !== this.camera) this.look(next);
  }

  show(tick: number, pitch: number): void {
    this.look(reveal(this.areas, this.camera, this.pitchRows, tick, pitch));
  }

  // Picking and changing.

  pick(rows: readonly NoteRow[], chosen: ReadonlySet<number>): void {
    studio.selection.notes = new Set([...chosen].map((k) => noteId(this.part, rows[k]!)));
  }

  pickNone(): void {
    if (studio.selection.notes.size > 0) studio.selection.notes = new Set();
  }

  /** The picked notes, or every note where none is picked. */
  get chosen(): ReadonlySet<number> {
    return this.picked.size > 0 ? this.picked : new Set(this.base.rows.keys());
  }

  /** Send an edit as one step that can be undone; false where it changed nothing or met a lock. */
  commit(edited: Edited, label: Label): boolean {
    this.draft = null;
    if (!this.score || !this.partView) return false;
    if (studio.preview !== null) {
      this.refuse(t(words.onlyPreview));
      return false;
    }
    const settled = settle(edited.rows, edited.picked, this.endTick);
    const bar = brokenBar(this.base.rows, settled.rows, this.bars, this.held);
    if (bar !== null) {
      this.refuse(t(words.locked, { bar: this.bars[bar]?.number ?? bar + 1, part: this.partView.name }));
      return false;
    }
    const ops = changeOps(this.part, this.base.rows, settled.rows, this.bars);
    if (ops.length > 0) void studio.edit(ops, t(label));
    this.pick(settled.rows, settled.picked);
    return ops.length > 0;
  }

  refuse(message: string): void {
    this.spoken = message;
    studio.tell(message);
  }

  // Sound.

  /** Let a pitch be heard for a moment. */
  audition(pitch: number, velocity: number, lasting_ms = 280): void {
    if (player.playing) return;
    this.press(pitch, velocity);
    clearTimeout(this.#auditions.get(pitch));
    this.#auditions.set(pitch, setTimeout(() => this.release(pitch), lasting_ms));
  }

  press(pitch: number, velocity = 90): void {
    if (this.pressed.has(pitch)) player.noteOff(this.part, pitch);
    player.noteOn(this.part, pitch, velocity);
    this.pressed = new Set([...this.pressed, pitch]);
  }

  release(pitch: number): void {
    clearTimeout(this.#auditions.get(pitch));
    this.#auditions.delete(pitch);
    player.noteOff(this.part, pitch);
    this.pressed = new Set([...this.pressed].filter((one) => one !== pitch));
  }

  releaseAll(): void {
    for (const pitch of [...this.pressed]) this.release(pitch);
  }
}

/** The one editor: the roll is taken down while the grid or the score is looked at. */
export const editor = new RollEditor();
