/** Painting notes: ghosts of the other parts, the notes of the part, its velocity lane. */

import { hasRow, inSight, noteHeight, noteTop, noteWidth, xOf, yOf } from "./geometry";
import { fromAfar, sliceOf } from "./pick";
import { spell } from "./scale";
import type { Scene } from "./scene";
import { shadeOf } from "./velocity";

type Pen = CanvasRenderingContext2D;

/** The whole layer of notes. */
export function paintNotes(pen: Pen, scene: Scene): void {
  const { areas } = scene;
  pen.clearRect(0, 0, areas.width, areas.height);
  pen.save();
  pen.beginPath();
  pen.rect(areas.keys, noteTop(areas), noteWidth(areas), noteHeight(areas));
  pen.clip();
  ghosts(pen, scene);
  notes(pen, scene);
  pen.restore();
  if (areas.velocity > 0) velocities(pen, scene);
}

function ghosts(pen: Pen, scene: Scene): void {
  const { areas, camera, palette, rows } = scene;
  const sight = inSight(areas, camera, rows);
  const tall = Math.max(2, camera.rowPx - 2);
  for (const ghost of scene.ghosts) {
    pen.fillStyle = palette.ghosts[ghost.part % palette.ghosts.length]!;
    const index = fromAfar(ghost.index, camera.tickPx);
    const [from, until] = sliceOf(index, sight.start, sight.end);
    for (let k = from; k < until; k++) {
      const row = index.rows[k]!;
      if (row[2] < sight.low || row[2] > sight.high || row[0] + row[1] <= sight.start) continue;
      if (rows.folded && !hasRow(rows, row[2])) continue;
      const width = Math.max(1.5, row[1] * camera.tickPx - 1);
      pen.fillRect(xOf(areas, camera, row[0]), yOf(areas, camera, rows, row[2]) + 1, width, tall);
    }
  }
}

function notes(pen: Pen, scene: Scene): void {
  const { areas, camera, palette, rows, picked } = scene;
  const sight = inSight(areas, camera, rows);
  const colour = scene.part % palette.shades.length;
  const shades = palette.shades[colour]!;
  const index = picked.size > 0 ? scene.notes : fromAfar(scene.notes, camera.tickPx);
  const [from, until] = sliceOf(index, sight.start, sight.end);
  const tall = Math.max(3, camera.rowPx - 1);
  // A drum is struck, not held: its hits are wide enough to take hold of, whatever they last.
  const least = scene.isDrums ? Math.max(3, Math.min(9, (scene.resolution / 4) * camera.tickPx - 2)) : 3;
  const named: number[] = [];
  pen.lineWidth = 1;
  for (let k = from; k < until; k++) {
    const row = index.rows[k]!;
    if (row[2] < sight.low || row[2] > sight.high || row[0] + row[1] <= sight.start) continue;
    const x = xOf(areas, camera, row[0]);
    const y = yOf(areas, camera, rows, row[2]);
    const width = Math.max(least, row[1] * camera.tickPx - 1);
    const isPicked = picked.has(k);
    pen.fillStyle = isPicked ? palette.picked : shades[shadeOf(row[3])]!;
    // What was joined for a far view is a shape, no note.
    if (width < 5 || tall < 6 || index !== scene.notes) {
      pen.fillRect(x, y, width, tall);
      continue;
    }
    pen.strokeStyle = isPicked ? palette.pickedEdge : palette.edges[colour]!;
    pen.lineWidth = isPicked ? 2 : 1;
    pen.beginPath();
    pen.roundRect(x + 0.5, y + 0.5, width - 0.5, tall - 0.5, Math.min(3.5, tall / 3));
    pen.fill();
    pen.stroke();
    if (!scene.isDrums && width > 24 && camera.rowPx >= 13) named.push(k);
  }
  if (named.length > 400) return;
  pen.font = `600 ${Math.min(11, camera.rowPx - 4)}px ${palette.font}`;
  pen.textBaseline = "middle";
  for (const k of named) {
    const row = index.rows[k]!;
    pen.fillStyle = picked.has(k) ? palette.onPicked : palette.onNote;
    const x = Math.max(xOf(areas, camera, row[0]), areas.keys);
    if (xOf(areas, camera, row[0] + row[1]) - x < 22) continue;
    pen.fillText(spell(row[2], scene.fifths), x + 5, yOf(areas, camera, rows, row[2]) + camera.rowPx / 2 + 0.5);
  }
}

function velocities(pen: Pen, scene: Scene): void {
  const { areas, camera, palette, rows, picked } = scene;
  const top = areas.height - areas.velocity;
  const room = areas.velocity - 12;
  const sight = inSight(areas, camera, rows);
  const shades = palette.shades[scene.part % palette.shades.length]!;
  pen.save();
  pen.beginPath();
  pen.rect(areas.keys, top, noteWidth(areas), areas.velocity);
  pen.clip();
  const [from, until] = sliceOf(scene.notes, sight.start, sight.end);
  // Picked ones last, so that they lie on top of the others of a chord.
  const heights = new Map<number, number>();
  for (const layer of [false, true]) {
    heights.clear();
    for (let k = from; k < until; k++) {
      if (picked.has(k) !== layer) continue;
      const row = scene.notes.rows[k]!;
      if (row[0] + row[1] < sight.start) continue;
      const x = Math.round(xOf(areas, camera, row[0]));
      const tall = (row[3] / 127) * room;
      // Far away several bars fall on one place; only the tallest is seen.
      if ((heights.get(x) ?? -1) >= tall) continue;
      heights.set(x, tall);
      const y = areas.height - 4 - tall;
      pen.fillStyle = layer ? palette.pickedEdge : shades[shadeOf(row[3])]!;
      pen.fillRect(x, y, 3, tall);
      pen.fillRect(x, y - 1, Math.max(6, Math.min(row[1] * camera.tickPx - 2, 14)), 4);
    }
  }
  pen.restore();
}
