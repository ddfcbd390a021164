/** Recording what is played into the part that has the focus; a take is one edit. */

import { player } from "../audio/player.svelte";
import { t } from "../i18n.svelte";
import { editor } from "../roll/editor.svelte";
import { gridTick } from "../roll/snap";
import { studio } from "../state/studio.svelte";
import { instrument } from "./instrument.svelte";
import { keyboard } from "./keyboard.svelte";
import { midi } from "./midi.svelte";
import { Take, withTake } from "./take";
import { words } from "./words";

class Recorder {
  isOn = $state(false);
  /** A grid's name, or "off" for as it was played. */
  grid = $state("1/16");
  strength = $state(100);
  isReplacing = $state(false);
  #take = new Take();
  #part = 0;
  #deafen: (() => void) | null = null;
  #frame = 0;

  async toggle(): Promise<void> {
    if (this.isOn) this.stop();
    else await this.start();
  }

  async start(): Promise<void> {
    if (!studio.score?.parts[studio.focusPart]) return studio.tell(words.noPart, "error");
    if (!keyboard.isOn && midi.inputs.length === 0) {
      keyboard.isOn = true;
      studio.tell(words.useKeys);
    }
    this.#take = new Take();
    this.#part = studio.focusPart;
    this.isOn = true;
    this.#deafen = instrument.listen((pitch, velocity) => this.#hear(pitch, velocity));
    if (!player.playing) await player.play(undefined, { countIn: player.countIn });
    let hasPlayed = player.playing;
    const follow = (): void => {
      if (player.playing) {
        hasPlayed = true;
        this.#take.pass(Math.max(0, player.tick));
      } else if (hasPlayed) return this.stop();
      this.#frame = requestAnimationFrame(follow);
    };
    this.#frame = requestAnimationFrame(follow);
  }

  #hear(pitch: number, velocity: number | null): void {
    // A note a little before the first beat of a count-in belongs to it.
    const tick = Math.max(0, player.tick);
    if (velocity === null) this.#take.off(pitch, tick, this.#loopEnd);
    else if (player.playing) this.#take.on(pitch, velocity, tick);
  }

  get #loopEnd(): number {
    return player.loop.on ? player.loop.end : (studio.score?.end_tick ?? 0);
  }

  /** End the take and put it into the part. */
  stop(): void {
    if (!this.isOn) return;
    cancelAnimationFrame(this.#frame);
    this.#deafen?.();
    this.isOn = false;
    this.#take.end(Math.max(0, player.tick), this.#loopEnd);
    if (player.playing) player.pause();
    const n = this.#take.rows.length;
    if (n === 0) return studio.tell(words.nothing);
    studio.focusPart = this.#part;
    const made = withTake(editor.base.rows, this.#take, {
      bars: editor.bars,
      step: gridTick(this.grid, editor.resolution),
      strength: this.strength / 100,
      isReplacing: this.isReplacing,
    });
    if (editor.commit(made, words.editRecord)) studio.tell(t(words.done, { n }), "ok");
  }
}

export const recorder = new Recorder();
