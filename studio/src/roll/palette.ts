/** The roll's colours, mixed from the page's own so that it follows the theme. */

import { N_SHADES } from "./velocity";

type Rgb = readonly [number, number, number];

export interface Palette {
  readonly isDark: boolean;
  readonly font: string;
  readonly row: string;
  readonly rowOut: string;
  readonly rowTonic: string;
  readonly chordTone: string;
  readonly rowLine: string;
  readonly bar: string;
  readonly beat: string;
  readonly step: string;
  readonly strip: string;
  readonly stripLine: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly accentText: string;
  readonly whiteKey: string;
  readonly blackKey: string;
  readonly keyLine: string;
  readonly keyText: string;
  readonly outside: string;
  readonly hatch: string;
  readonly shades: readonly (readonly string[])[];
  readonly edges: readonly string[];
  readonly ghosts: readonly string[];
  readonly picked: string;
  readonly pickedEdge: string;
  readonly onNote: string;
  readonly onPicked: string;
}

const N_COLOURS = 12;

/** Any CSS colour as red, green and blue, read back from one painted pixel. */
function readColour(probe: CanvasRenderingContext2D, css: string, otherwise: Rgb): Rgb {
  if (!css) return otherwise;
  probe.fillStyle = css;
  probe.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0] = probe.getImageData(0, 0, 1, 1).data;
  return [r, g, b];
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  Math.round(a[0] + (b[0] - a[0]) * share),
  Math.round(a[1] + (b[1] - a[1]) * share),
  Math.round(a[2] + (b[2] - a[2]) * share),
];
const css = (colour: Rgb, alpha = 1): string =>
  alpha >= 1 ? `rgb(${colour.join(",")})` : `rgba(${colour.join(",")},${alpha})`;

/** How light a colour looks, 0 black to 1 white (the weights of ITU-R BT.709). */
export const lightness = (c: Rgb): number => (0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]) / 255;

/** The palette of the theme that an element stands in. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const probe = canvas.getContext("2d", { willReadFrequently: true })!;
  const at = (name: string, otherwise: Rgb): Rgb =>
    readColour(probe, style.getPropertyValue(name).trim(), otherwise);
  const bg = at("--bg", [24, 24, 27]);
  const panel = at("--panel", [32, 32, 36]);
  const panel2 = at("--panel-2", [42, 42, 48]);
  const line = at("--line", [60, 60, 68]);
  const text = at("--text", [240, 240, 244]);
  const muted = at("--muted", [160, 160, 170]);
  const accent = at("--accent", [122, 162, 247]);
  const accentText = at("--accent-text", [255, 255, 255]);
  const isDark = lightness(bg) < 0.5;
  const white: Rgb = [255, 255, 255];
  const black: Rgb = [0, 0, 0];
  const far = isDark ? white : black;
  const parts = Array.from({ length: N_COLOURS }, (_, k) => at(`--part-${k}`, accent));
  return {
    isDark,
    font: style.fontFamily || "system-ui, sans-serif",
    row: css(mix(panel, isDark ? white : bg, isDark ? 0.035 : 0.15)),
    rowOut: css(isDark ? mix(panel, bg, 0.72) : mix(panel, black, 0.045)),
    rowTonic: css(mix(panel, accent, isDark ? 0.16 : 0.12)),
    chordTone: css(isDark ? white : mix(text, accent, 0.4), 0.075),
    rowLine: css(line, isDark ? 0.45 : 0.6),
    bar: css(mix(line, far, isDark ? 0.2 : 0.28)),
    beat: css(mix(line, far, isDark ? 0.02 : 0.06), 0.95),
    step: css(line, 0.55),
    strip: css(panel),
    stripLine: css(line),
    text: css(text),
    muted: css(muted),
    accent: css(accent),
    accentSoft: css(accent, 0.2),
    accentText: css(accentText),
    whiteKey: css(isDark ? [214, 215, 222] : [253, 253, 254]),
    blackKey: css(isDark ? [36, 37, 44] : [62, 64, 74]),
    keyLine: css(isDark ? [150, 152, 163] : [205, 207, 214]),
    keyText: css(isDark ? [70, 72, 84] : [104, 107, 120]),
    outside: css(bg),
    hatch: css(mix(muted, panel2, 0.35), isDark ? 0.42 : 0.5),
    shades: parts.map((colour) => Array.from({ length: N_SHADES }, (_, k) =>
      css(mix(panel, colour, 0.42 + (0.58 * (k + 1)) / N_SHADES)))),
    edges: parts.map((colour) => css(mix(colour, isDark ? black : black, isDark ? 0.35 : 0.28))),
    ghosts: parts.map((colour) => css(mix(panel, colour, 0.75), isDark ? 0.3 : 0.34)),
    picked: css(isDark ? mix(white, accent, 0.06) : mix(text, accent, 0.2)),
    pickedEdge: css(accent),
    onNote: css(isDark ? [16, 17, 22] : [255, 255, 255], 0.88),
    onPicked: css(isDark ? [20, 22, 30] : [255, 255, 255]),
  };
}

/** A pattern of slanting lines for locked cells. */
export function hatchPattern(ctx: CanvasRenderingContext2D, colour: string, ratio: number) {
  const size = 9;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(size * ratio);
  const pen = tile.getContext("2d")!;
  pen.scale(tile.width / size, tile.height / size);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.1;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift - 1, size + 1);
    pen.lineTo(shift + size + 1, -1);
  }
  pen.stroke();
  const pattern = ctx.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(size / tile.width, size / tile.height));
  return pattern;
}
