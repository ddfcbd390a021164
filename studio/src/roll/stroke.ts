/** A drag over notes or velocity bars: which gesture it is, what it shows on the way, how it ends. */

import { wheelVelocity } from "./actions";
import { erase } from "./edit";
import type { Label, RollEditor } from "./editor.svelte";
import { draftOf, pullVelocity, type Gesture, type Point } from "./gesture";
import { hitNote, velocityNear, type Hit } from "./pick";
import { snapTick } from "./snap";
import type { NoteRow } from "../lib/types";
import { words } from "./words";

/** What the overlay draws of a running gesture. */
export interface Trace {
  box: { x0: number; y0: number; x1: number; y1: number } | null;
  line: { x0: number; y0: number; x1: number; y1: number } | null;
  tip: { x: number; y: number; text: string } | null;
}

export interface Mods {
  readonly shift: boolean;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly isTouch: boolean;
}

interface Drag {
  readonly gesture: Gesture;
  readonly label: Label;
  readonly x: number;
  readonly y: number;
  hasMoved: boolean;
  heard: number;
}

const NO_TRACE: Trace = { box: null, line: null, tip: null };

export class Stroke {
  trace: Trace = NO_TRACE;
  #drag: Drag | null = null;
  #wheelTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly editor: RollEditor,
    private readonly pointAt: (x: number, y: number) => Point,
    private readonly pitchText: (pitch: number) => string,
    private readonly redraw: () => void,
  ) {}

  get isRunning(): boolean {
    return this.#drag !== null;
  }

  /** Whether the running drag scrolls on at the window's edge. */
  get isScrolling(): boolean {
    return ["move", "resize", "draw", "marquee"].includes(this.#drag?.gesture.kind ?? "");
  }

  hit(x: number, y: number, isTouch = false): Hit | null {
    const { editor } = this;
    return hitNote(editor.base.rows, editor.areas, editor.camera, editor.pitchRows, x, y, isTouch);
  }

  #start(gesture: Gesture, label: Label, x: number, y: number): void {
    this.#drag = { gesture, label, x, y, hasMoved: false, heard: -1 };
  }

  drop(): void {
    this.#drag = null;
    this.trace = NO_TRACE;
    this.editor.draft = null;
  }

  // Beginnings.

  beginErase(x: number, y: number): void {
    const { editor } = this;
    const hit = this.hit(x, y);
    const gone = new Set(hit ? [hit.index] : []);
    const gesture: Gesture = { kind: "erase", rows: editor.base.rows, picked: editor.picked, gone };
    this.#start(gesture, words.editErase, x, y);
    editor.draft = draftOf(gesture, this.pointAt(x, y), editor.ground);
  }

  beginMarquee(x: number, y: number, isAdding: boolean): void {
    const { editor } = this;
    this.#start(
      { kind: "marquee", rows: editor.base.rows, picked: editor.picked, from: this.pointAt(x, y), isAdding },
      words.editMove, x, y,
    );
    this.redraw();
  }

  beginNote(hit: Hit, x: number, y: number, mods: Mods): void {
    const { editor } = this;
    const rows = editor.base.rows;
    const row = rows[hit.index]!;
    let picked = new Set(editor.picked);
    if (mods.shift) {
      if (!picked.delete(hit.index)) picked.add(hit.index);
      editor.pick(rows, picked);
      if (!picked.has(hit.index)) return;
    } else if (!picked.has(hit.index)) {
      picked = new Set([hit.index]);
      editor.pick(rows, picked);
    }
    editor.cursor = null;
    editor.lengthQn = row[1] / editor.resolution;
    editor.loudness = row[3];
    editor.audition(row[2], row[3]);
    const from = this.pointAt(x, y);
    if (hit.zone === "body" || editor.isDrums) return this.#start(
      { kind: "move", rows, picked, from, grabbed: hit.index, isCopy: mods.ctrl },
      words.editMove, x, y,
    );
    this.#start(
      { kind: "resize", edge: hit.zone, rows, picked, from, grabbed: hit.index },
      words.editResize, x, y,
    );
  }

  #newNote(x: number, y: number, isFree: boolean): NoteRow | null {
    const { editor } = this;
    const point = this.pointAt(x, y);
    const step = isFree ? 0 : editor.step;
    const onset = Math.max(0, snapTick(editor.bars, point.tick, step, "before"));
    if (onset >= editor.endTick || point.pitch < 0 || point.pitch > 127) return null;
    return [onset, Math.min(editor.newLength, editor.endTick - onset), point.pitch, editor.loudness];
  }

  beginDraw(x: number, y: number, isFree: boolean): void {
    const { editor } = this;
    const note = this.#newNote(x, y, isFree);
    if (!note) return;
    const rows = editor.base.rows;
    editor.audition(note[2], note[3]);
    const gesture: Gesture = editor.isDrums
      ? { kind: "hits", rows, note, placed: new Map() }
      : { kind: "draw", rows, note, isStretched: false };
    this.#start(gesture, words.editDraw, x, y);
    editor.draft = draftOf(gesture, { ...this.pointAt(x, y), tick: note[0] }, editor.ground);
  }

  beginVelocity(x: number, y: number, mods: Mods): void {
    const { editor } = this;
    const rows = editor.base.rows;
    const from = this.pointAt(x, y);
    if (mods.shift || editor.isRamping) return this.#start(
      { kind: "ramp", rows, picked: editor.picked, from }, words.editVelocity, x, y,
    );
    const near = velocityNear(rows, editor.picked, editor.areas, editor.camera, x,
      mods.isTouch ? 14 : 8);
    if (near !== null && editor.picked.size > 1 && editor.picked.has(near)) return this.#start(
      { kind: "loudness", rows, picked: editor.picked, from }, words.editVelocity, x, y,
    );
    const first = near === null ? rows : pullVelocity(rows, near, from.velocity, editor.picked);
    this.#start({ kind: "paint", rows: first, picked: editor.picked, last: from }, words.editVelocity, x, y);
    editor.draft = { rows: [...first], picked: new Set(editor.picked) };
    this.trace = { ...NO_TRACE, tip: { x, y, text: String(from.velocity) } };
  }

  /** The note that a press would draw where the pointer is; null where it would not. */
  promised(): NoteRow | null {
    const { editor } = this;
    if (editor.tool !== "draw" || this.#drag || !editor.hover) return null;
    const { x, y } = editor.hover;
    return this.hit(x, y) ? null : this.#newNote(x, y, false);
  }

  // On the way.

  moveTo(x: number, y: number, mods: Mods): void {
    const drag = this.#drag;
    const { editor } = this;
    if (!drag || (!drag.hasMoved && Math.hypot(x - drag.x, y - drag.y) < 3)) return;
    drag.hasMoved = true;
    const { gesture } = drag;
    const point = this.pointAt(x, y);
    if (gesture.kind === "draw") gesture.isStretched ||= Math.abs(x - drag.x) > 5;
    if (gesture.kind === "move") gesture.isCopy = mods.ctrl;
    if (gesture.kind === "erase") {
      const hit = this.hit(x, y);
      if (hit) gesture.gone.add(hit.index);
    }
    const ground = mods.alt ? { ...editor.ground, step: 0 } : editor.ground;
    editor.draft = draftOf(gesture, point, ground);
    this.#showTrace(drag, x, y, point);
    if (gesture.kind === "move" && !editor.isDrums) this.#hear(drag, point);
  }

  #hear(drag: Drag, point: Point): void {
    if (drag.heard === point.pitch || drag.gesture.kind !== "move") return;
    const row = drag.gesture.rows[drag.gesture.grabbed];
    const isFirst = drag.heard === -1 && point.pitch === drag.gesture.from.pitch;
    drag.heard = point.pitch;
    if (row && !isFirst) this.editor.audition(row[2] + point.pitch - drag.gesture.from.pitch, row[3]);
  }

  #showTrace(drag: Drag, x: number, y: number, point: Point): void {
    const { gesture } = drag;
    const box = { x0: drag.x, y0: drag.y, x1: x, y1: y };
    this.trace = {
      box: gesture.kind === "marquee" ? box : null,
      line: gesture.kind === "ramp" ? box : null,
      tip: null,
    };
    if (gesture.kind === "paint" || gesture.kind === "ramp")
      this.trace.tip = { x, y, text: String(point.velocity) };
    if (gesture.kind === "loudness") {
      const by = Math.round(point.velocity - gesture.from.velocity);
      this.trace.tip = { x, y, text: by > 0 ? `+${by}` : String(by) };
    }
    if (gesture.kind === "move" && point.pitch !== gesture.from.pitch) {
      const row = gesture.rows[gesture.grabbed];
      if (row) this.trace.tip = { x, y, text: this.pitchText(row[2] + point.pitch - gesture.from.pitch) };
    }
  }

  // The end.

  end(mods: Mods): void {
    const drag = this.#drag;
    const { editor } = this;
    const draft = editor.draft;
    this.drop();
    if (!drag) return;
    const { gesture } = drag;
    if (gesture.kind === "marquee") {
      if (draft && drag.hasMoved) editor.pick(draft.rows, draft.picked);
      else if (!gesture.isAdding) this.clickEmpty();
      return;
    }
    if (!drag.hasMoved && (gesture.kind === "move" || gesture.kind === "resize")) {
      // A click on one of several picked notes means that one.
      if (!mods.shift) editor.pick(gesture.rows, new Set([gesture.grabbed]));
      return;
    }
    if (!draft) return;
    if (gesture.kind === "draw") {
      const drawn = draft.rows[draft.rows.length - 1];
      if (drawn) editor.lengthQn = drawn[1] / editor.resolution;
    }
    editor.commit(draft, drag.label);
  }

  clickEmpty(): void {
    this.editor.pickNone();
    this.editor.cursor = null;
  }

  toggleNote(x: number, y: number, isFree: boolean): void {
    const { editor } = this;
    const rows = editor.base.rows;
    const hit = this.hit(x, y);
    if (hit) {
      editor.commit({ rows: erase(rows, new Set([hit.index])), picked: new Set() }, words.editErase);
      return;
    }
    const note = this.#newNote(x, y, isFree);
    if (!note) return;
    editor.audition(note[2], note[3]);
    editor.commit({ rows: [...rows, note], picked: new Set([rows.length]) }, words.editDraw);
  }

  wheelVelocity(x: number, by: number): void {
    const { editor } = this;
    const rows = editor.draft?.rows ?? editor.base.rows;
    const near = velocityNear(rows, editor.picked, editor.areas, editor.camera, x, 12);
    const which = editor.picked.size > 0 ? editor.picked : new Set(near === null ? [] : [near]);
    if (which.size === 0) return;
    wheelVelocity(editor, which, by);
    clearTimeout(this.#wheelTimer);
    this.#wheelTimer = setTimeout(() => {
      const { draft } = editor;
      if (draft) editor.commit(draft, words.editVelocity);
      this.redraw();
    }, 350);
  }
}
