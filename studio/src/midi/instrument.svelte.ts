/** What is played live, from whatever keys: it sounds in the part that has the focus, and is recorded. */

import { player } from "../audio/player.svelte";
import { studio } from "../state/studio.svelte";

type Ear = (pitch: number, velocity: number | null) => void;

class Instrument {
  /** Pitches that are held now. */
  held = $state.raw<ReadonlySet<number>>(new Set());
  #parts = new Map<number, number>();
  #ears = new Set<Ear>();

  /** Hear of every stroke (with its velocity) and every release (null); returns what ends it. */
  listen(ear: Ear): () => void {
    this.#ears.add(ear);
    return () => void this.#ears.delete(ear);
  }

  press(pitch: number, velocity: number): void {
    if (this.#parts.has(pitch)) this.release(pitch);
    const part = studio.focusPart;
    this.#parts.set(pitch, part);
    this.held = new Set(this.#parts.keys());
    player.noteOn(part, pitch, velocity);
    for (const ear of this.#ears) ear(pitch, velocity);
  }

  release(pitch: number): void {
    const part = this.#parts.get(pitch);
    if (part === undefined) return;
    this.#parts.delete(pitch);
    this.held = new Set(this.#parts.keys());
    player.noteOff(part, pitch);
    for (const ear of this.#ears) ear(pitch, null);
  }

  releaseAll(): void {
    for (const pitch of [...this.#parts.keys()]) this.release(pitch);
  }
}

export const instrument = new Instrument();
