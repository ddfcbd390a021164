/** Names of chords: letters, Roman numerals, or degrees in numbers as in jianpu. */
import type { ScoreView } from "./types";

export type ChordNames = "letters" | "roman" | "jianpu";

const STEPS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
/** Degrees over a major tonic, for 0 to 11 semitones. */
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const DEGREES = ["1", "♭2", "2", "♭3", "3", "4", "♯4", "5", "♭6", "6", "♭7", "7"] as const;

/** The pitch class of a spelling at the head of a text, 0 to 11, and what follows; null if none is there. */
export function readRoot(text: string): { pc: number; rest: string } | null {
  const match = /^([A-G])([#b♯♭]*)(.*)$/.exec(text);
  if (!match) return null;
  const signs = [...match[2]!].reduce((sum, sign) => sum + (sign === "#" || sign === "♯" ? 1 : -1), 0);
  return { pc: (((STEPS[match[1]!]! + signs) % 12) + 12) % 12, rest: match[3]! };
}

/** Signs as musicians print them. */
export function prettySymbol(symbol: string): string {
  return symbol.replace(/([A-G])b/g, "$1♭").replace(/([A-G])#/g, "$1♯");
}

/** The name of a chord in the chosen way. */
export function chordName(
  chord: { readonly symbol: string; readonly roman: string },
  names: ChordNames,
  score: Pick<ScoreView, "key"> | null,
): string {
  if (names === "roman" && chord.roman) return chord.roman;
  if (names === "jianpu" && score) return degreeName(chord.symbol, score.key) ?? prettySymbol(chord.symbol);
  return prettySymbol(chord.symbol);
}

/** "5⁷": the root as the degree of the (relative) major key, figures raised so that they are no degrees. */
function degreeName(symbol: string, key: ScoreView["key"]): string | null {
  const root = readRoot(symbol);
  const tonic = readRoot(key.tonic);
  if (!root || !tonic) return null;
  // In jianpu a minor key is written on 6: its relative major is the 1.
  const isMinor = /min|aeolian|^yu/i.test(key.mode);
  const one = isMinor ? tonic.pc + 3 : tonic.pc;
  const degree = (pc: number): string => DEGREES[(((pc - one) % 12) + 12) % 12]!;
  const [quality = "", bass] = root.rest.split("/");
  const low = bass ? readRoot(bass) : null;
  return `${degree(root.pc)}${quality.replace(/\d/g, (figure) => RAISED[Number(figure)]!)}${low ? `/${degree(low.pc)}` : ""}`;
}
