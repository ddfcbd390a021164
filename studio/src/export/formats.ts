/** The formats by what people do with them, and how sizes are told. */
import type { IconName } from "../shell/Icon.svelte";
import { formats } from "./words";

export type Format = keyof typeof formats;
export type Group = "listen" | "read" | "goOn" | "keep";

export const groups: readonly { readonly name: Group; readonly icon: IconName; readonly formats: readonly Format[] }[] = [
  { name: "listen", icon: "headphones", formats: ["mp3", "wav", "flac", "ogg", "loop"] },
  { name: "read", icon: "score", formats: ["pdf", "png", "svg"] },
  { name: "goOn", icon: "piano", formats: ["mid", "stems", "musicxml", "mxl", "abc", "json"] },
  { name: "keep", icon: "file", formats: ["motet", "all"] },
];

/** Formats that always hold the whole piece. */
export const WHOLE: ReadonlySet<Format> = new Set<Format>(["motet"]);
/** Formats that are sheet music, which has a layout. */
export const SHEETS: ReadonlySet<Format> = new Set<Format>(["pdf", "svg", "png"]);

/** A size as a number and which word says its unit. */
export function tellSize(nBytes: number): { unit: "kb" | "mb"; n: string } {
  if (nBytes < 1_000_000) return { unit: "kb", n: Math.max(1, Math.round(nBytes / 1000)).toString() };
  return { unit: "mb", n: (nBytes / 1_000_000).toFixed(1) };
}
