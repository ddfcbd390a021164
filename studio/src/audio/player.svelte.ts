/** The player: what is heard of the score, and where in it the sound is.

Conventions: `tick` is what is heard now, the delay of the loudspeakers taken off. Notes are handed to the
synthesiser a little ahead of time; a change of the score takes effect at the next bar, another version
(a candidate, an earlier state) at once and at the same place.
*/
import { untrack } from "svelte";
import { t } from "../i18n.svelte";
import type { ScoreView } from "../lib/types";
import { studio } from "../state/studio.svelte";
import { Clicks } from "./clicks";
import { Engine, type Captured } from "./engine";
import type { Channel, TimedNote } from "./messages";
import { isSameMusic, Sequencer } from "./sequencer";
import { Timeline } from "./timeline";
import { words } from "./words";

const EVERY_MS = 60;

export type MidiTap = (part: number, status: 0x80 | 0x90, pitch: number, velocity: number, time: number) => void;

class Player {
  ready = $state(false);
  /** How much of the sounds is there, 0 to 1. */
  loading = $state(0);
  playing = $state(false);
  /** Play was asked for and waits for the sounds. */
  waiting = $state(false);
  tick = $state(0);
  loop = $state({ on: false, start: 0, end: 0 });
  tempoScale = $state(1);
  metronome = $state(false);
  countIn = $state(false);
  /** The beats of the count-in that are left, 0 outside it. */
  counting = $state(0);
  /** Master volume, 0 to 1. */
  volume = $state(0.9);
  muted = $state.raw<ReadonlySet<number>>(new Set());
  soloed = $state.raw<ReadonlySet<number>>(new Set());
  /** Hears every note that is scheduled; for MIDI outputs. */
  onMidi: MidiTap | null = null;

  #engine: Engine | null = null;
  #music: Sequencer | null = null;
  #loaded: Promise<void> | null = null;
  #prepared: Promise<void> = Promise.resolve();
  #project: string | null = null;
  #shown: ScoreView | null = null;
  #version: string | null = null;
  #line: Timeline | null = null;
  #timer = 0;
  #frame = 0;
  #wish = 0;
  #mix = new Map<number, { volume?: number; pan?: number }>();

  constructor() {
    if (typeof AudioContext === "undefined") return;
    this.volume = Number(localStorage.getItem("motet.volume") ?? 0.9);
    $effect.root(() => {
      $effect(() => {
        void [studio.score, studio.project?.id, studio.preview];
        untrack(() => this.#sync());
      });
      $effect(() => {
        void [this.loop.on, this.loop.start, this.loop.end, this.tempoScale, this.metronome];
        untrack(() => this.playing && !this.waiting && this.#music?.replan());
      });
      $effect(() => {
        const gain = this.volume * this.volume;
        localStorage.setItem("motet.volume", String(this.volume));
        void this.ready;
        this.#engine?.master.gain.setTargetAtTime(gain, this.#engine.context.currentTime, 0.02);
      });
    });
    setTimeout(() => void this.load());
  }

  // Loading.

  /** Load the sounds; done once, as soon as the page opens. */
  load(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  async #load(): Promise<void> {
    try {
      const engine = new Engine(() => {
        const { font, samples } = engine.progress;
        this.loading = 0.8 * font + 0.2 * samples;
      });
      this.#engine = engine;
      const clicks = new Clicks(engine.context, engine.clicks);
      this.#music = new Sequencer(engine, clicks, () => this, (notes) => this.#sent(notes));
      await engine.load();
      this.ready = true;
      this.#tune();
    } catch (error) {
      this.#loaded = null;
      studio.tell([words.noSound[0].replace("{why}", String(error)), words.noSound[1].replace("{why}", String(error))], "error");
      throw error;
    }
  }

  /** The audio context, for a microphone beside the music. */
  async context(): Promise<AudioContext> {
    await this.load();
    if (!this.#engine) throw new Error(t(words.noAudio));
    await this.#engine.context.resume();
    return this.#engine.context;
  }

  // Transport.

  /** Play from a tick, or from where the playhead is. */
  async play(fromTick?: number, { countIn = this.countIn }: { countIn?: boolean } = {}): Promise<void> {
    const wish = ++this.#wish;
    this.#sync();
    if (!this.#line) return;
    if (fromTick !== undefined) this.tick = fromTick;
    this.playing = this.waiting = true;
    const resumed = this.#engine?.context.resume();
    try {
      await this.load();
      await resumed;
      await this.#prepared;
    } catch {
      // Told where it failed.
      if (wish === this.#wish) this.playing = false;
      return;
    } finally {
      if (wish === this.#wish) this.waiting = false;
    }
    if (wish !== this.#wish || !this.#music || !this.#line) return;
    const { loop } = this;
    if (loop.on && loop.end > loop.start && (this.tick < loop.start || this.tick >= loop.end)) this.tick = loop.start;
    if (this.tick >= this.#line.end) this.tick = 0;
    this.#music.line = this.#line;
    this.#music.begin(this.tick, countIn);
    this.#wake();
  }

  pause(): void {
    this.#wish += 1;
    this.#halt();
  }

  /** End, and back to the beginning of the piece or the loop. */
  stop(): void {
    this.pause();
    this.tick = this.loop.on ? this.loop.start : 0;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else void this.play();
  }

  seek(tick: number): void {
    const end = this.#line?.end ?? Infinity;
    this.tick = Math.max(0, Math.min(tick, end));
    if (this.playing && !this.waiting) this.#music?.begin(this.tick, false);
  }

  #halt(): void {
    if (this.playing && !this.waiting) this.tick = Math.max(0, Math.round(this.tickAt(this.#heard())));
    this.playing = this.waiting = false;
    this.counting = 0;
    this.#music?.end();
    clearInterval(this.#timer);
    cancelAnimationFrame(this.#frame);
  }

  // The mix.

  /** Mute a part, or let it sound again. */
  mute(part: number): void {
    this.muted = toggled(this.muted, part);
    studio.setView("mutes", [...this.muted]);
    this.#tune();
  }

  /** Hear only the parts that are solo. */
  solo(part: number): void {
    this.soloed = toggled(this.soloed, part);
    this.#tune();
  }

  isHeard(part: number): boolean {
    return this.soloed.size > 0 ? this.soloed.has(part) : !this.muted.has(part);
  }

  /** Hear a volume, 0 to 127, before the score says so. */
  setVolume(part: number, volume: number): void {
    this.#mix.set(part, { ...this.#mix.get(part), volume });
    this.#tune();
  }

  setPan(part: number, pan: number): void {
    this.#mix.set(part, { ...this.#mix.get(part), pan });
    this.#tune();
  }

  /** The peak of a part just now, 0 to about 1. */
  levelOf(part: number): number {
    const engine = this.#engine;
    return engine && performance.now() - engine.levelsAt < 250 ? (engine.levels[part] ?? 0) : 0;
  }

  get meter(): AnalyserNode | null {
    return this.#engine?.meter ?? null;
  }

  // Notes by hand.

  noteOn(part: number, pitch: number, velocity: number): void {
    void this.#engine?.context.resume();
    this.#engine?.on(part, pitch, velocity);
    this.onMidi?.(part, 0x90, pitch, velocity, this.now);
  }

  noteOff(part: number, pitch: number): void {
    this.#engine?.off(part, pitch);
    this.onMidi?.(part, 0x80, pitch, 0, this.now);
  }

  // Time.

  /** The audio clock in seconds. */
  get now(): number {
    return this.#engine?.context.currentTime ?? 0;
  }

  /** The tick that sounds at a time of the audio clock. */
  tickAt(time: number): number {
    return this.#music?.tickAt(time) ?? this.tick;
  }

  /** What goes to the loudspeakers in the next seconds. */
  async captureSeconds(seconds: number): Promise<Captured> {
    await this.context();
    return this.#engine!.capture(seconds);
  }

  #heard(): number {
    return this.now - (this.#engine?.delay_s ?? 0);
  }

  /** Tell MIDI outputs what was scheduled. */
  #sent(notes: readonly TimedNote[]): void {
    if (!this.onMidi) return;
    for (const { channel, pitch, velocity, on, off } of notes) {
      if (!this.isHeard(channel)) continue;
      this.onMidi(channel, 0x90, pitch, velocity, on);
      this.onMidi(channel, 0x80, pitch, 0, off);
    }
  }

  #wake(): void {
    clearInterval(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#timer = window.setInterval(() => this.#beat(), EVERY_MS);
    const draw = (): void => {
      this.#follow();
      if (this.playing) this.#frame = requestAnimationFrame(draw);
    };
    this.#frame = requestAnimationFrame(draw);
  }

  #beat(): void {
    const music = this.#music!;
    music.schedule();
    if (music.endTime === null || this.#heard() < music.endTime) return;
    this.#halt();
    this.tick = 0;
  }

  #follow(): void {
    const music = this.#music!;
    const heard = this.#heard();
    const left_s = music.start - heard;
    this.counting = left_s > 0.1 ? Math.ceil(left_s / music.beatAt(this.tick) - 0.2) : 0;
    this.tick = music.tickAt(heard) ?? this.tick;
  }

  // The score.

  /** Take up what the page shows now. */
  #sync(): void {
    const score = studio.score;
    const id = studio.project?.id ?? null;
    if (id !== this.#project) {
      this.#project = id;
      this.#shown = null;
      if (this.playing) this.pause();
      this.loop = { on: false, start: 0, end: 0 };
      this.soloed = new Set();
      const mutes = studio.view["mutes"];
      this.muted = new Set(Array.isArray(mutes) ? mutes.map(Number) : []);
    }
    if (score === this.#shown) return;
    const before = this.#shown;
    const isOther = studio.preview !== this.#version;
    this.#shown = score;
    this.#version = studio.preview;
    if (!score) {
      if (this.playing) this.pause();
      this.#line = null;
      return;
    }
    this.#mix.clear();
    this.#tune();
    const line = new Timeline(score);
    this.#line = line;
    if (this.playing && !this.waiting && this.#music) {
      if (isOther) this.#music.replan(line);
      else if (!before || !isSameMusic(before, score)) this.#music.changeAtBar(line);
    } else if (this.tick > line.end) this.tick = line.end;
  }

  /** Tell the synthesiser which sounds the parts have. */
  #tune(): void {
    const score = this.#shown;
    if (!this.#engine || !this.ready || !score) return;
    const channels = score.parts.map((part, k): Channel => {
      const { volume = part.volume, pan = part.pan } = this.#mix.get(k) ?? {};
      return { program: part.program, isDrums: part.is_drums, volume, pan, isSilent: !this.isHeard(k) };
    });
    this.#prepared = this.#engine.setChannels(channels);
  }
}

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const now = new Set(set);
  if (!now.delete(item)) now.add(item);
  return now;
}

export const player = new Player();

declare global {
  interface Window {
    /** For the browser's console: the player of this page. */
    motetPlayer?: Player;
  }
}
if (typeof window !== "undefined") window.motetPlayer = player;
