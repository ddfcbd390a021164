/** Painting what lies under the notes: rows, chord tones, grid lines, locked bars, ruler, keyboard. */

import {
  barAt, gridLines, hasRow, inSight, noteHeight, noteTop, noteWidth, numberEvery, rowOf, xOf, yOf,
} from "./geometry";
import { hatchPattern } from "./palette";
import { isBlackKey, pitchName } from "./scale";
import type { Scene } from "./scene";

type Pen = CanvasRenderingContext2D;

/** The whole layer under the notes. */
export function paintGrid(pen: Pen, scene: Scene, ratio: number): void {
  const { areas, palette } = scene;
  pen.fillStyle = palette.outside;
  pen.fillRect(0, 0, areas.width, areas.height);
  pen.save();
  pen.beginPath();
  pen.rect(areas.keys, noteTop(areas), noteWidth(areas), areas.height - noteTop(areas));
  pen.clip();
  rows(pen, scene);
  chordTones(pen, scene);
  lane(pen, scene);
  locks(pen, scene, ratio);
  lines(pen, scene);
  pen.restore();
  ruler(pen, scene);
  keyboard(pen, scene);
}

function rows(pen: Pen, scene: Scene): void {
  const { areas, camera, palette, lit, isDrums } = scene;
  const sight = inSight(areas, camera, scene.rows);
  const right = Math.min(areas.width, xOf(areas, camera, scene.endTick));
  const bottom = areas.height - areas.velocity;
  for (let pitch = sight.high; pitch >= sight.low; pitch--) {
    if (!hasRow(scene.rows, pitch)) continue;
    const y = yOf(areas, camera, scene.rows, pitch);
    if (y >= bottom) break;
    const pc = pitch % 12;
    const isOut = isDrums ? rowOf(scene.rows, pitch) % 2 === 1 : lit ? !lit.pcs.has(pc) : isBlackKey(pitch);
    pen.fillStyle = !isDrums && lit?.tonic === pc ? palette.rowTonic : isOut ? palette.rowOut : palette.row;
    pen.fillRect(areas.keys, y, right - areas.keys, camera.rowPx + 0.5);
  }
  pen.fillStyle = palette.rowLine;
  for (let pitch = sight.high; pitch >= sight.low; pitch--) {
    if (!hasRow(scene.rows, pitch)) continue;
    const y = Math.round(yOf(areas, camera, scene.rows, pitch) + camera.rowPx) - 1;
    if (y >= bottom) break;
    const isOctave = !isDrums && pitch % 12 === 0;
    if (camera.rowPx >= 11 || isOctave) pen.fillRect(areas.keys, y, right - areas.keys, 1);
    if (isOctave) pen.fillRect(areas.keys, y, right - areas.keys, 1);
  }
}

function chordTones(pen: Pen, scene: Scene): void {
  if (scene.isDrums) return;
  const { areas, camera, palette } = scene;
  const sight = inSight(areas, camera, scene.rows);
  pen.fillStyle = palette.chordTone;
  for (const chord of scene.chords) {
    if (chord.end <= sight.start || chord.start >= sight.end || chord.pcs.size === 0) continue;
    const left = Math.max(areas.keys, xOf(areas, camera, chord.start));
    const width = xOf(areas, camera, Math.min(chord.end, scene.endTick)) - left;
    if ((chord.end - chord.start) * camera.tickPx < 14) continue;
    for (let pitch = sight.low; pitch <= sight.high; pitch++) {
      if (!chord.pcs.has(pitch % 12) || !hasRow(scene.rows, pitch)) continue;
      pen.fillRect(left, yOf(areas, camera, scene.rows, pitch), width - 1, camera.rowPx);
    }
  }
}

function lane(pen: Pen, scene: Scene): void {
  const { areas, palette } = scene;
  if (areas.velocity <= 0) return;
  const top = areas.height - areas.velocity;
  pen.fillStyle = palette.strip;
  pen.fillRect(0, top, areas.width, areas.velocity);
  pen.fillStyle = palette.rowLine;
  for (const share of [0.25, 0.5, 0.75])
    pen.fillRect(areas.keys, Math.round(top + areas.velocity * share), noteWidth(areas), 1);
}

function locks(pen: Pen, scene: Scene, ratio: number): void {
  if (scene.locked.size === 0) return;
  const { areas, camera, palette } = scene;
  const pattern = hatchPattern(pen, palette.hatch, ratio);
  if (!pattern) return;
  pen.fillStyle = pattern;
  const sight = inSight(areas, camera, scene.rows);
  for (const index of scene.locked.keys()) {
    const bar = scene.bars[index];
    if (!bar || bar.end_tick <= sight.start || bar.start_tick >= sight.end) continue;
    const left = Math.max(areas.keys, xOf(areas, camera, bar.start_tick));
    const right = xOf(areas, camera, bar.end_tick);
    pen.fillRect(left, noteTop(areas), right - left, areas.height - noteTop(areas));
  }
}

function lines(pen: Pen, scene: Scene): void {
  const { areas, camera, palette } = scene;
  const sight = inSight(areas, camera, scene.rows);
  const all = gridLines(
    scene.bars, scene.resolution, scene.stepTick, camera.tickPx, sight.start, sight.end,
  );
  const barPx = averageBarPx(scene);
  const height = areas.height - noteTop(areas);
  for (const level of ["step", "beat", "bar"] as const) {
    pen.fillStyle = palette[level];
    for (const line of all) {
      if (line.level !== level) continue;
      if (level === "bar" && barPx < 12 && line.bar % numberEvery(barPx, 24) !== 0) continue;
      pen.fillRect(Math.round(xOf(areas, camera, line.tick)), noteTop(areas), 1, height);
    }
  }
  pen.fillStyle = palette.bar;
  pen.fillRect(Math.round(xOf(areas, camera, scene.endTick)) - 1, noteTop(areas), 2, height);
  if (areas.velocity > 0)
    pen.fillRect(0, areas.height - areas.velocity, areas.width, 1);
}

const averageBarPx = (scene: Scene): number =>
  (scene.endTick / Math.max(1, scene.bars.length)) * scene.camera.tickPx;

function ruler(pen: Pen, scene: Scene): void {
  const { areas, camera, palette } = scene;
  const top = noteTop(areas);
  pen.fillStyle = palette.strip;
  pen.fillRect(0, 0, areas.width, top);
  pen.save();
  pen.beginPath();
  pen.rect(areas.keys, 0, noteWidth(areas), top);
  pen.clip();
  pen.textBaseline = "middle";
  const sight = inSight(areas, camera, scene.rows);
  const every = numberEvery(averageBarPx(scene));
  const sections = new Map(scene.sections.map((one) => [one.start, one.label]));
  for (let index = barAt(scene.bars, sight.start); index < scene.bars.length; index++) {
    const bar = scene.bars[index]!;
    if (bar.start_tick > sight.end) break;
    const x = Math.round(xOf(areas, camera, bar.start_tick));
    const section = sections.get(bar.start_tick);
    const isNumbered = index % every === 0;
    if (!isNumbered && !section && averageBarPx(scene) < 12) continue;
    pen.fillStyle = isNumbered || section ? palette.bar : palette.step;
    pen.fillRect(x, isNumbered || section ? 4 : areas.ruler - 7, 1, areas.ruler);
    if (isNumbered) {
      pen.font = `600 11px ${palette.font}`;
      pen.fillStyle = palette.text;
      pen.fillText(String(bar.number), x + 5, areas.ruler / 2 + 1);
    }
    const beat = (bar.end_tick - bar.start_tick) / Math.max(1, beatsIn(scene, index));
    if (beat * camera.tickPx > 34) beatNumbers(pen, scene, index, beat);
    if (!section) continue;
    pen.font = `600 11px ${palette.font}`;
    pen.fillStyle = palette.accent;
    pen.fillText(section, x + 5 + (isNumbered ? 8 + 7 * String(bar.number).length : 0), areas.ruler / 2 + 1);
  }
  chordNames(pen, scene, sight);
  pen.restore();
  pen.fillStyle = palette.stripLine;
  pen.fillRect(0, top - 1, areas.width, 1);
}

const beatsIn = (scene: Scene, index: number): number => {
  const bar = scene.bars[index]!;
  const [upper = 4, lower = 4] = bar.metre.split("/").map(Number);
  return lower >= 8 && upper % 3 === 0 && upper > 3 ? upper / 3 : upper;
};

function beatNumbers(pen: Pen, scene: Scene, index: number, beat: number): void {
  const { areas, camera, palette } = scene;
  const bar = scene.bars[index]!;
  pen.font = `10px ${palette.font}`;
  for (let k = 1; bar.start_tick + k * beat < bar.end_tick - 1; k++) {
    const x = Math.round(xOf(areas, camera, bar.start_tick + k * beat));
    pen.fillStyle = palette.step;
    pen.fillRect(x, areas.ruler - 7, 1, 7);
    pen.fillStyle = palette.muted;
    pen.fillText(`${bar.number}.${k + 1}`, x + 4, areas.ruler / 2 + 1);
  }
}

function chordNames(pen: Pen, scene: Scene, sight: { start: number; end: number }): void {
  const { areas, camera, palette } = scene;
  if (areas.chords <= 0) return;
  pen.font = `500 12px ${palette.font}`;
  const y = areas.ruler + areas.chords / 2;
  let free = -Infinity;
  for (const chord of scene.chords) {
    if (chord.end <= sight.start || chord.start >= sight.end) continue;
    const left = xOf(areas, camera, chord.start);
    const x = Math.max(left, areas.keys) + 5;
    const right = xOf(areas, camera, chord.end);
    pen.fillStyle = palette.stripLine;
    pen.fillRect(Math.round(left), areas.ruler + 4, 1, areas.chords - 8);
    const width = pen.measureText(chord.label).width;
    if (x < free || x + width > right + 4) continue;
    pen.fillStyle = palette.text;
    pen.fillText(chord.label, x, y);
    free = x + width + 6;
  }
}

function keyboard(pen: Pen, scene: Scene): void {
  const { areas, palette, isDrums } = scene;
  const top = noteTop(areas);
  const height = noteHeight(areas);
  pen.save();
  pen.beginPath();
  pen.rect(0, top, areas.keys, height);
  pen.clip();
  pen.fillStyle = isDrums || scene.rows.folded ? palette.strip : palette.whiteKey;
  pen.fillRect(0, top, areas.keys, height);
  if (isDrums || scene.rows.folded) namedKeys(pen, scene);
  else pianoKeys(pen, scene);
  pen.restore();
  pen.fillStyle = palette.stripLine;
  pen.fillRect(areas.keys - 1, 0, 1, areas.height);
  if (areas.velocity < 30) return;
  pen.fillStyle = palette.muted;
  pen.font = `10px ${palette.font}`;
  pen.textBaseline = "middle";
  const lower = areas.height - areas.velocity;
  pen.fillText(scene.laneLabel, 8, lower + 13, areas.keys - 14);
  pen.textAlign = "right";
  pen.fillText("127", areas.keys - 6, lower + 26);
  pen.fillText("1", areas.keys - 6, areas.height - 8);
  pen.textAlign = "left";
}

function pianoKeys(pen: Pen, scene: Scene): void {
  const { areas, camera, palette } = scene;
  const sight = inSight(areas, camera, scene.rows);
  const long = areas.keys - 1;
  pen.fillStyle = palette.keyLine;
  for (let pitch = sight.low; pitch <= sight.high; pitch++) {
    const pc = pitch % 12;
    const y = yOf(areas, camera, scene.rows, pitch);
    // White keys meet between E and F, B and C, and else in the middle of the black one.
    if (pc === 0 || pc === 5) pen.fillRect(0, Math.round(y + camera.rowPx) - 1, long, 1);
    else if (isBlackKey(pitch)) pen.fillRect(0, Math.round(y + camera.rowPx / 2), long, 1);
  }
  const short = Math.round(long * 0.62);
  pen.fillStyle = palette.blackKey;
  for (let pitch = sight.low; pitch <= sight.high; pitch++) {
    if (!isBlackKey(pitch)) continue;
    const y = yOf(areas, camera, scene.rows, pitch);
    pen.beginPath();
    pen.roundRect(0, y + 0.5, short, camera.rowPx - 1, [0, 3, 3, 0]);
    pen.fill();
  }
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  const isAll = camera.rowPx >= 17;
  for (let pitch = sight.low; pitch <= sight.high; pitch++) {
    if (isBlackKey(pitch) || (pitch % 12 !== 0 && !isAll)) continue;
    const y = yOf(areas, camera, scene.rows, pitch) + camera.rowPx / 2;
    pen.fillStyle = palette.keyText;
    pen.font = `${pitch % 12 === 0 ? 600 : 400} ${Math.min(11, camera.rowPx)}px ${palette.font}`;
    pen.fillText(pitchName(pitch), areas.keys - 5, y + 0.5);
  }
  pen.textAlign = "left";
}

function namedKeys(pen: Pen, scene: Scene): void {
  const { areas, camera, palette } = scene;
  const sight = inSight(areas, camera, scene.rows);
  pen.textBaseline = "middle";
  for (let pitch = sight.low; pitch <= sight.high; pitch++) {
    if (!hasRow(scene.rows, pitch)) continue;
    const y = yOf(areas, camera, scene.rows, pitch);
    pen.fillStyle = palette.rowLine;
    pen.fillRect(0, Math.round(y + camera.rowPx) - 1, areas.keys, 1);
    if (camera.rowPx < 9) continue;
    pen.fillStyle = palette.text;
    pen.font = `${Math.min(11, camera.rowPx - 1)}px ${palette.font}`;
    pen.fillText(scene.nameOf(pitch), 8, y + camera.rowPx / 2 + 0.5, areas.keys - 14);
  }
}
