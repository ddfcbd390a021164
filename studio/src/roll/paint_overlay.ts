/** Painting what moves over the notes: playhead, loop, marquee, cursor, pressed keys, a tip. */

import { noteHeight, noteTop, noteWidth, xOf, yOf } from "./geometry";
import { isBlackKey } from "./scale";
import type { Overlay, Scene } from "./scene";

type Pen = CanvasRenderingContext2D;

/** The whole layer over the notes. */
export function paintOverlay(pen: Pen, scene: Scene, over: Overlay): void {
  const { areas } = scene;
  pen.clearRect(0, 0, areas.width, areas.height);
  pressedKeys(pen, scene, over);
  pen.save();
  pen.beginPath();
  pen.rect(areas.keys, 0, noteWidth(areas), areas.height);
  pen.clip();
  loop(pen, scene, over);
  cursor(pen, scene, over);
  marquee(pen, scene, over);
  playhead(pen, scene, over);
  pen.restore();
  tip(pen, scene, over);
}

function pressedKeys(pen: Pen, scene: Scene, over: Overlay): void {
  const { areas, camera, palette, rows } = scene;
  pen.save();
  pen.beginPath();
  pen.rect(0, noteTop(areas), areas.keys, noteHeight(areas));
  pen.clip();
  const mark = (pitch: number, colour: string, alpha: number) => {
    const wide = !scene.isDrums && isBlackKey(pitch) ? Math.round((areas.keys - 1) * 0.62) : areas.keys - 1;
    pen.globalAlpha = alpha;
    pen.fillStyle = colour;
    pen.fillRect(0, yOf(areas, camera, rows, pitch), wide, camera.rowPx);
  };
  if (over.hoverPitch !== null) mark(over.hoverPitch, palette.accent, 0.28);
  for (const pitch of over.pressed) mark(pitch, palette.accent, 0.85);
  pen.restore();
}

function loop(pen: Pen, scene: Scene, over: Overlay): void {
  if (!over.loop || over.loop.end <= over.loop.start) return;
  const { areas, camera, palette } = scene;
  const left = xOf(areas, camera, over.loop.start);
  const width = xOf(areas, camera, over.loop.end) - left;
  pen.fillStyle = over.loop.on ? palette.accent : palette.muted;
  pen.globalAlpha = over.loop.on ? 1 : 0.5;
  pen.fillRect(left, 0, width, 4);
  if (over.loop.on) {
    pen.globalAlpha = 0.16;
    pen.fillRect(left, 0, width, areas.ruler);
    pen.globalAlpha = 0.5;
    pen.fillRect(left, noteTop(areas), 1, noteHeight(areas));
    pen.fillRect(left + width - 1, noteTop(areas), 1, noteHeight(areas));
  }
  pen.globalAlpha = 1;
}

function cursor(pen: Pen, scene: Scene, over: Overlay): void {
  const { areas, camera, palette, rows } = scene;
  const frame = (tick: number, length: number, pitch: number) => {
    const x = xOf(areas, camera, tick);
    const y = yOf(areas, camera, rows, pitch);
    if (y < noteTop(areas) - camera.rowPx || y > areas.height - areas.velocity) return;
    pen.beginPath();
    pen.roundRect(x + 0.5, y + 0.5, Math.max(6, length * camera.tickPx - 1), camera.rowPx - 1, 3);
  };
  if (over.ghostNote) {
    frame(over.ghostNote[0], over.ghostNote[1], over.ghostNote[2]);
    pen.fillStyle = palette.accentSoft;
    pen.fill();
  }
  if (!over.cursor) return;
  frame(over.cursor.tick, over.cursor.length, over.cursor.pitch);
  pen.lineWidth = 2;
  pen.setLineDash([4, 3]);
  pen.strokeStyle = palette.accent;
  pen.stroke();
  pen.setLineDash([]);
}

function marquee(pen: Pen, scene: Scene, over: Overlay): void {
  const { palette } = scene;
  if (over.box) {
    const { x0, y0, x1, y1 } = over.box;
    const [x, y] = [Math.min(x0, x1), Math.min(y0, y1)];
    pen.fillStyle = palette.accentSoft;
    pen.fillRect(x, y, Math.abs(x1 - x0), Math.abs(y1 - y0));
    pen.strokeStyle = palette.accent;
    pen.lineWidth = 1;
    pen.strokeRect(x + 0.5, y + 0.5, Math.abs(x1 - x0), Math.abs(y1 - y0));
  }
  if (over.line) {
    pen.strokeStyle = palette.accent;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(over.line.x0, over.line.y0);
    pen.lineTo(over.line.x1, over.line.y1);
    pen.stroke();
  }
}

function playhead(pen: Pen, scene: Scene, over: Overlay): void {
  if (over.playTick === null) return;
  const { areas, camera, palette } = scene;
  const x = Math.round(xOf(areas, camera, over.playTick));
  if (x < areas.keys - 8 || x > areas.width + 8) return;
  pen.fillStyle = palette.accent;
  pen.globalAlpha = over.isPlaying ? 1 : 0.75;
  pen.fillRect(x, areas.ruler - 9, over.isPlaying ? 2 : 1, areas.height - areas.ruler + 9);
  pen.globalAlpha = 1;
  pen.beginPath();
  pen.moveTo(x - 5, areas.ruler - 10);
  pen.lineTo(x + 6, areas.ruler - 10);
  pen.lineTo(x + 0.5, areas.ruler - 1);
  pen.fill();
}

function tip(pen: Pen, scene: Scene, over: Overlay): void {
  if (!over.tip) return;
  const { areas, palette } = scene;
  pen.font = `600 12px ${palette.font}`;
  const width = pen.measureText(over.tip.text).width + 16;
  const x = Math.min(Math.max(over.tip.x + 14, areas.keys + 4), areas.width - width - 6);
  const y = Math.min(Math.max(over.tip.y - 34, areas.ruler + 2), areas.height - 30);
  pen.fillStyle = palette.text;
  pen.beginPath();
  pen.roundRect(x, y, width, 24, 6);
  pen.fill();
  pen.fillStyle = palette.isDark ? "#14151a" : "#ffffff";
  pen.textBaseline = "middle";
  pen.fillText(over.tip.text, x + 8, y + 12.5);
}
