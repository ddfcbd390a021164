/** Scales and chord tones as pitch classes, and pitches spelled in a key.

Conventions: pitch classes 0 to 11, C is 0; `fifths` counts the sharps of a key signature, flats negative.
*/

export const SCALES = [
  { name: "major", steps: [0, 2, 4, 5, 7, 9, 11], fifths: 0 },
  { name: "minor", steps: [0, 2, 3, 5, 7, 8, 10], fifths: -3 },
  { name: "harmonic minor", steps: [0, 2, 3, 5, 7, 8, 11], fifths: -3 },
  { name: "melodic minor", steps: [0, 2, 3, 5, 7, 9, 11], fifths: -3 },
  { name: "dorian", steps: [0, 2, 3, 5, 7, 9, 10], fifths: -2 },
  { name: "phrygian", steps: [0, 1, 3, 5, 7, 8, 10], fifths: -4 },
  { name: "lydian", steps: [0, 2, 4, 6, 7, 9, 11], fifths: 1 },
  { name: "mixolydian", steps: [0, 2, 4, 5, 7, 9, 10], fifths: -1 },
  { name: "locrian", steps: [0, 1, 3, 5, 6, 8, 10], fifths: -5 },
  { name: "gong", steps: [0, 2, 4, 7, 9], fifths: 0 },
  { name: "shang", steps: [0, 2, 5, 7, 10], fifths: -2 },
  { name: "jue", steps: [0, 3, 5, 8, 10], fifths: -4 },
  { name: "zhi", steps: [0, 2, 5, 7, 9], fifths: -1 },
  { name: "yu", steps: [0, 3, 5, 7, 10], fifths: -3 },
  { name: "blues", steps: [0, 3, 5, 6, 7, 10], fifths: -3 },
  { name: "whole tone", steps: [0, 2, 4, 6, 8, 10], fifths: 0 },
] as const;

/** What is lit in the roll: the tonic and the pitch classes of the scale. */
export interface Lit {
  readonly tonic: number;
  readonly pcs: ReadonlySet<number>;
  readonly fifths: number;
}

const LETTERS: Record<string, number> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const LINE = ["F", "C", "G", "D", "A", "E", "B"];
const mod = (value: number, by: number): number => ((value % by) + by) % by;

/** The pitch class of a spelling such as "F#" or "B♭"; null when it is none. */
export function pcOf(spelling: string): number | null {
  const match = /^([A-G])([#b♯♭]*)/.exec(spelling);
  if (!match) return null;
  let pc = LETTERS[match[1]!]!;
  for (const sign of match[2]!) pc += sign === "#" || sign === "♯" ? 1 : -1;
  return mod(pc, 12);
}

/** Sharps in the signature of a major key on a spelling. */
function fifthsOf(spelling: string): number {
  const signs = [...spelling.slice(1)];
  const by = signs.reduce((sum, one) => sum + (/[#♯]/.test(one) ? 7 : /[b♭]/.test(one) ? -7 : 0), 0);
  return LINE.indexOf(spelling[0] ?? "C") - 1 + by;
}

/** A scale from its name: "A minor", "Eb dorian"; null for a name that is not in the table. */
export function readScale(name: string): Lit | null {
  const match = /^([A-G][#b♯♭]*)\s*(.*)$/.exec(name.trim());
  const mode = (match?.[2] || "major").toLowerCase();
  const scale = SCALES.find((one) => one.name === mode)
    ?? SCALES.find((one) => one.name === (mode.includes("minor") ? "minor" : "major"));
  const tonic = match ? pcOf(match[1]!) : null;
  if (!match || !scale || tonic === null) return null;
  const pcs = new Set(scale.steps.map((step) => (tonic + step) % 12));
  return { tonic, pcs, fifths: fifthsOf(match[1]!) + scale.fifths };
}

/** The letter name of a pitch class in a key: sharps or flats as the signature has them. */
export function spell(pitch: number, fifths = 0): string {
  for (let place = fifths - 4; place <= fifths + 7; place++) {
    if (mod(place * 7, 12) !== mod(pitch, 12)) continue;
    const signs = Math.floor((place + 1) / 7);
    return LINE[mod(place + 1, 7)]! + (signs > 0 ? "♯".repeat(signs) : "♭".repeat(-signs));
  }
  return "";
}

/** The name of a pitch with its octave: 60 is C4. The octave follows the letter: B♯3 is 60. */
export function pitchName(pitch: number, fifths = 0): string {
  const name = spell(pitch, fifths);
  const signs = [...name.slice(1)].reduce((sum, one) => sum + (one === "♯" ? 1 : -1), 0);
  return `${name}${Math.floor((pitch - signs) / 12) - 1}`;
}

const BASES: readonly [RegExp, readonly number[]][] = [
  [/^(maj13|maj11|maj9|M9|Δ9)/, [0, 4, 7, 11, 2]],
  [/^(maj7|M7|Δ|\^7?|ma7)/, [0, 4, 7, 11]],
  [/^(mMaj7|m\(maj7\)|mM7|-Δ)/, [0, 3, 7, 11]],
  [/^(m7b5|ø7?|m9b5|m11b5)/, [0, 3, 6, 10]],
  [/^(dim7|°7|o7)/, [0, 3, 6, 9]],
  [/^(dim|°|o)/, [0, 3, 6]],
  [/^(aug|\+)/, [0, 4, 8]],
  [/^(m6\/?9|m69)/, [0, 3, 7, 9, 2]],
  [/^m6/, [0, 3, 7, 9]],
  [/^(m9|m11|m13|min9|-9)/, [0, 3, 7, 10, 2]],
  [/^(m7|min7|-7)/, [0, 3, 7, 10]],
  [/^(m(?!aj)|min|-)/, [0, 3, 7]],
  [/^(6\/?9)/, [0, 4, 7, 9, 2]],
  [/^6/, [0, 4, 7, 9]],
  [/^(9sus4?|13sus4?)/, [0, 5, 7, 10, 2]],
  [/^7sus4?/, [0, 5, 7, 10]],
  [/^7alt/, [0, 4, 10, 1, 3, 8]],
  [/^(9|11)/, [0, 4, 7, 10, 2]],
  [/^13/, [0, 4, 7, 10, 2, 9]],
  [/^7/, [0, 4, 7, 10]],
  [/^sus2sus4|^sus24/, [0, 2, 5, 7]],
  [/^sus2/, [0, 2, 7]],
  [/^(sus4?|4)/, [0, 5, 7]],
  [/^5(?!\()/, [0, 7]],
];
const ALTERED: Record<string, readonly [number, number | null]> = {
  b5: [6, 7], "#5": [8, 7], b9: [1, null], "#9": [3, null], "#11": [6, null], b13: [8, null],
  add9: [2, null], add11: [5, null], add13: [9, null],
};

/** The pitch classes of a chord symbol, the bass among them; empty for "N.C." or an unknown root. */
export function chordPcs(symbol: string): ReadonlySet<number> {
  const match = /^([A-G][#b♯♭]?)([^/]*(?:6\/9[^/]*)?)(?:\/([A-G][#b♯♭]?))?/.exec(symbol.trim());
  const root = match ? pcOf(match[1]!) : null;
  if (!match || root === null) return new Set();
  const kind = match[2] ?? "";
  const base = BASES.find(([pattern]) => pattern.test(kind));
  const tones = new Set(base?.[1] ?? [0, 4, 7]);
  const rest = kind.replace(base?.[0] ?? /^(maj|M)?/, "");
  for (const [mark, [tone, instead]] of Object.entries(ALTERED)) {
    if (!rest.includes(mark)) continue;
    if (instead !== null) tones.delete(instead);
    tones.add(tone);
  }
  const bass = match[3] ? pcOf(match[3]) : null;
  const pcs = new Set([...tones].map((tone) => (root + tone) % 12));
  if (bass !== null) pcs.add(bass);
  return pcs;
}

export const isBlackKey = (pitch: number): boolean => [1, 3, 6, 8, 10].includes(mod(pitch, 12));
