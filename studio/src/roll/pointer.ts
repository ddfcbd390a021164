/** Mouse, pen and fingers on the roll: what a press begins where; panning, pinching, wheels, keys. */

import { player } from "../audio/player.svelte";
import type { RollEditor } from "./editor.svelte";
import { pitchAt, regionAt, tickAt, type Region } from "./geometry";
import type { Point } from "./gesture";
import { snapTick } from "./snap";
import { Stroke, type Mods } from "./stroke";
import { velocityAt } from "./velocity";

type Drag =
  | { kind: "pan"; x: number; y: number; hasMoved: boolean }
  | { kind: "keys"; pitch: number }
  | { kind: "ruler"; from: number; x: number; hasMoved: boolean };

const LONG_PRESS_MS = 380;
const DOUBLE_TAP_MS = 320;

export class Pointer {
  readonly stroke: Stroke;
  cursorStyle = "default";
  #drag: Drag | null = null;
  #fingers = new Map<number, { x: number; y: number }>();
  #pinch: { gap: number; x: number; y: number } | null = null;
  #pressTimer: ReturnType<typeof setTimeout> | undefined;
  #lastTap = { time: -Infinity, x: 0, y: 0 };
  #touchedAt = -Infinity;

  constructor(
    private readonly editor: RollEditor,
    private readonly redraw: () => void,
    pitchText: (pitch: number) => string,
  ) {
    this.stroke = new Stroke(editor, (x, y) => this.#point(x, y), pitchText, redraw);
  }

  #point(x: number, y: number): Point {
    const { areas, camera, pitchRows } = this.editor;
    return {
      tick: tickAt(areas, camera, x),
      pitch: pitchAt(areas, camera, pitchRows, y),
      velocity: velocityAt(y, areas.height - areas.velocity + 8, areas.velocity - 12),
    };
  }

  #place(event: PointerEvent | WheelEvent | MouseEvent): { x: number; y: number; region: Region } {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    return { x, y, region: regionAt(this.editor.areas, x, y) };
  }

  #mods(event: PointerEvent): Mods {
    return {
      shift: event.shiftKey,
      ctrl: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      isTouch: event.pointerType === "touch",
    };
  }

  // Events.

  down(event: PointerEvent): void {
    const { x, y, region } = this.#place(event);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    if (event.pointerType === "touch") {
      this.#touchedAt = event.timeStamp;
      this.#fingers.set(event.pointerId, { x, y });
      if (this.#fingers.size === 2) return this.#beginPinch();
      if (this.#fingers.size > 2) return;
    }
    if (event.button === 1) this.#drag = { kind: "pan", x, y, hasMoved: false };
    else this.#begin(region, x, y, event);
    this.redraw();
  }

  move(event: PointerEvent): void {
    const { x, y, region } = this.#place(event);
    if (this.#fingers.has(event.pointerId)) {
      this.#fingers.set(event.pointerId, { x, y });
      if (this.#pinch) return this.#pinchMove();
    }
    this.editor.hover = region === "notes" ? { ...this.#point(x, y), x, y } : null;
    if (this.stroke.isRunning) {
      this.stroke.moveTo(x, y, this.#mods(event));
      if (this.stroke.isScrolling) this.#edgeScroll(x, y, true);
    } else if (this.#drag) this.#dragTo(this.#drag, x, y, event.altKey);
    else this.#hover(region, x, y, event);
    this.redraw();
  }

  up(event: PointerEvent): void {
    clearTimeout(this.#pressTimer);
    this.#fingers.delete(event.pointerId);
    if (this.#pinch) {
      if (this.#fingers.size === 0) this.#pinch = null;
      return;
    }
    const { x, y, region } = this.#place(event);
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.kind === "keys") this.editor.release(drag.pitch);
    if (drag?.kind === "ruler" && !drag.hasMoved) this.#seek(x, event.altKey);
    if (drag?.kind === "pan" && !drag.hasMoved && event.button === 0) this.stroke.clickEmpty();
    this.stroke.end(this.#mods(event));
    if (event.pointerType === "touch" && region === "notes") this.#tap(x, y, event);
    this.redraw();
  }

  cancel(event: PointerEvent): void {
    clearTimeout(this.#pressTimer);
    this.#fingers.delete(event.pointerId);
    if (this.#fingers.size === 0) this.#pinch = null;
    this.#drag = null;
    this.stroke.drop();
    this.editor.releaseAll();
    this.redraw();
  }

  leave(): void {
    this.editor.hover = null;
    this.redraw();
  }

  doubleClick(event: MouseEvent): void {
    const { x, y, region } = this.#place(event);
    // Fingers are told by their own double tap.
    if (event.timeStamp - this.#touchedAt < 700) return;
    if (region === "notes" && this.editor.tool === "select") this.stroke.toggleNote(x, y, event.altKey);
    if (region === "corner") this.editor.fitBars();
  }

  wheel(event: WheelEvent): void {
    event.preventDefault();
    const { editor } = this;
    const { x, y, region } = this.#place(event);
    const unit = event.deltaMode === 1 ? 18 : 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      // A pinch on a touchpad comes as small steps, a mouse wheel as large ones.
      const factor = Math.exp(-dy * (Math.abs(dy) < 40 ? 0.01 : 0.002));
      if (event.altKey || event.shiftKey || region === "keys") editor.zoomRows(factor, y);
      else editor.zoom(factor, x);
    } else if (region === "velocity" && dx === 0 && dy !== 0) this.stroke.wheelVelocity(x, dy < 0 ? 3 : -3);
    else if (event.shiftKey && dx === 0) editor.scroll(dy, 0);
    else editor.scroll(dx, region === "ruler" ? 0 : dy);
    this.redraw();
  }

  // Beginnings.

  #begin(region: Region, x: number, y: number, event: PointerEvent): void {
    const isTouch = event.pointerType === "touch";
    const { editor, stroke } = this;
    if (region === "keys") return this.#pressKey(x, y);
    if (region === "ruler" || region === "chords") {
      this.#drag = { kind: "ruler", from: this.#point(x, y).tick, x, hasMoved: false };
      return;
    }
    if (region === "velocity") return stroke.beginVelocity(x, y, this.#mods(event));
    if (region !== "notes") return;
    if (editor.tool === "erase" || event.button === 2) return stroke.beginErase(x, y);
    const hit = stroke.hit(x, y, isTouch);
    if (hit) return stroke.beginNote(hit, x, y, this.#mods(event));
    if (editor.tool === "draw") return stroke.beginDraw(x, y, event.altKey);
    if (!isTouch) return stroke.beginMarquee(x, y, event.shiftKey);
    // A finger on empty ground scrolls; held a moment, it draws a marquee.
    this.#drag = { kind: "pan", x, y, hasMoved: false };
    this.#pressTimer = setTimeout(() => {
      this.#drag = null;
      stroke.beginMarquee(x, y, true);
    }, LONG_PRESS_MS);
  }

  #pressKey(x: number, y: number): void {
    const { pitch } = this.#point(x, y);
    // Like a real key: the nearer to its front it is struck, the louder.
    const velocity = Math.round(45 + (Math.min(x, this.editor.areas.keys) / this.editor.areas.keys) * 75);
    this.editor.press(pitch, velocity);
    this.#drag = { kind: "keys", pitch };
  }

  // While dragging.

  #dragTo(drag: Drag, x: number, y: number, alt: boolean): void {
    if (drag.kind === "pan") {
      if (!drag.hasMoved && Math.hypot(x - drag.x, y - drag.y) < 6) return;
      drag.hasMoved = true;
      clearTimeout(this.#pressTimer);
      this.editor.scroll(drag.x - x, drag.y - y);
      [drag.x, drag.y] = [x, y];
    } else if (drag.kind === "ruler") this.#dragRuler(drag, x, y, alt);
    else if (this.#point(x, y).pitch !== drag.pitch) {
      this.editor.release(drag.pitch);
      this.#pressKey(x, y);
    }
  }

  #dragRuler(drag: Extract<Drag, { kind: "ruler" }>, x: number, y: number, alt: boolean): void {
    if (!drag.hasMoved && Math.abs(x - drag.x) < 5) return;
    drag.hasMoved = true;
    const { editor } = this;
    const step = alt ? 0 : editor.beatTick(drag.from);
    const [a = 0, b = 0] = [drag.from, this.#point(x, y).tick].map((tick) =>
      Math.min(editor.endTick, Math.max(0, snapTick(editor.bars, tick, step))));
    if (a !== b) player.loop = { on: true, start: Math.min(a, b), end: Math.max(a, b) };
    this.#edgeScroll(x, y, false);
  }

  /** A drag at the window's edge scrolls on. */
  #edgeScroll(x: number, y: number, isBothWays: boolean): void {
    const { areas } = this.editor;
    const dx = x > areas.width - 24 ? 14 : x < areas.keys + 8 ? -14 : 0;
    const top = areas.ruler + areas.chords;
    const dy = y > areas.height - areas.velocity - 8 ? 8 : y < top + 8 ? -8 : 0;
    if (dx !== 0 || (isBothWays && dy !== 0)) this.editor.scroll(dx, isBothWays ? dy : 0);
  }

  #hover(region: Region, x: number, y: number, event: PointerEvent): void {
    const { editor } = this;
    const styles: Partial<Record<Region, string>> = {
      ruler: "text", chords: "text", keys: "pointer", velocity: "ns-resize",
    };
    this.cursorStyle = styles[region] ?? "default";
    if (region !== "notes" || event.pointerType === "touch") return;
    const hit = this.stroke.hit(x, y);
    if (editor.tool === "erase") this.cursorStyle = "crosshair";
    else if (!hit) this.cursorStyle = editor.tool === "draw" ? "crosshair" : "default";
    else this.cursorStyle = hit.zone === "body" || editor.isDrums ? "grab" : "ew-resize";
  }

  #seek(x: number, alt: boolean): void {
    const { editor } = this;
    const line = snapTick(editor.bars, this.#point(x, 0).tick, alt ? 0 : editor.step);
    player.seek(Math.min(editor.endTick, Math.max(0, line)));
  }

  /** Two quick taps put or remove a note, as a double click does. */
  #tap(x: number, y: number, event: PointerEvent): void {
    const isSecond = event.timeStamp - this.#lastTap.time < DOUBLE_TAP_MS
      && Math.hypot(x - this.#lastTap.x, y - this.#lastTap.y) < 18;
    this.#lastTap = { time: isSecond ? -Infinity : event.timeStamp, x, y };
    if (isSecond && this.editor.tool === "select") this.stroke.toggleNote(x, y, false);
  }

  // Two fingers.

  #fingerPair(): { gap: number; x: number; y: number } {
    const [a, b] = [...this.#fingers.values()];
    if (!a || !b) return { gap: 1, x: 0, y: 0 };
    return { gap: Math.max(20, Math.hypot(a.x - b.x, a.y - b.y)), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }

  #beginPinch(): void {
    clearTimeout(this.#pressTimer);
    this.#drag = null;
    this.stroke.drop();
    this.#pinch = this.#fingerPair();
    this.redraw();
  }

  #pinchMove(): void {
    if (!this.#pinch) return;
    const now = this.#fingerPair();
    this.editor.scroll(this.#pinch.x - now.x, this.#pinch.y - now.y);
    this.editor.zoom(now.gap / this.#pinch.gap, now.x);
    this.#pinch = now;
    this.redraw();
  }
}
