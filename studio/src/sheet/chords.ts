/** Chord names on the engraved page: letters as they were printed, Roman numerals or numbers on request. */

import { chordName, type ChordNames } from "../lib/theory";
import type { ScoreView } from "../lib/types";
import { barOfElement } from "./timeline";

/** Put the chosen names into the page's chord symbols, bar by bar in their order. */
export function relabelChords(page: Element, score: ScoreView, names: ChordNames): void {
  if (names === "letters") return;
  for (const measure of page.querySelectorAll("g.measure")) {
    const index = barOfElement(measure.id);
    const bar = index === null ? undefined : score.bars[index];
    if (!bar) continue;
    const chords = score.chords.filter((one) => one.tick >= bar.start_tick && one.tick < bar.end_tick);
    measure.querySelectorAll("g.harm").forEach((symbol, k) => {
      const chord = chords[k];
      const text = symbol.querySelector("text");
      const spans = [...(text?.querySelectorAll("tspan") ?? [])].filter((span) => span.children.length === 0);
      if (!chord || spans.length === 0) return;
      spans.forEach((span, place) => {
        span.textContent = place === 0 ? chordName(chord, names, score) : "";
      });
    });
  }
}
