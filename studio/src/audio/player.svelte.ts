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
import type { Channel, Ends, TimedNote } from "./messages";
import { Spans } from "./spans";
import { beatTicks, Timeline } from "./timeline";
import { words } from "./words";

const AHEAD_S = 0.6;
const AHEAD_HIDDEN_S = 2.5;
const EVERY_MS = 60;
/** The least time between deciding and sounding. */
const LEAD_S = 0.05;

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
  #clicks: Clicks | null = null;
  #loaded: Promise<void> | null = null;
  #prepared: Promise<void> = Promise.resolve();
  #project: string | null = null;
  #shown: ScoreView | null = null;
  #version: string | null = null;
  #line: Timeline | null = null;
  #next: { line: Timeline; tick: number } | null = null;
  #spans = new Spans();
  #at = { tick: 0, time: 0 };
  #start = 0;
  #endTime: number | null = null;
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
        untrack(() => this.#replan({ cut: false }));
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
      this.#clicks = new Clicks(engine.context, engine.clicks);
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
    if (wish !== this.#wish || !this.#engine || !this.#line) return;
    const { loop } = this;
    if (loop.on && loop.end > loop.start && (this.tick < loop.start || this.tick >= loop.end)) this.tick = loop.start;
    if (this.tick >= this.#line.end) this.tick = 0;
    const now = this.#engine.context.currentTime + LEAD_S;
    this.#engine.clear(now, "all");
    this.#begin(this.tick, now + (countIn ? this.#count(this.tick, now) : 0));
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
    if (!this.playing || this.waiting) return;
    const now = this.#soon();
    this.#engine!.clear(now, "all");
    this.#clicks?.clear(now);
    this.#begin(this.tick, now);
  }

  #halt(): void {
    const now = this.#engine?.context.currentTime ?? 0;
    if (this.playing && !this.waiting) this.tick = Math.max(0, Math.round(this.#spans.tickAt(this.#heard()) ?? this.tick));
    this.playing = this.waiting = false;
    this.counting = 0;
    this.#engine?.clear(now, "all");
    this.#clicks?.clear(now);
    this.#spans.clear();
    this.#next = null;
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
    return this.#spans.tickAt(time) ?? this.tick;
  }

  /** What goes to the loudspeakers in the next seconds. */
  async captureSeconds(seconds: number): Promise<Captured> {
    await this.context();
    return this.#engine!.capture(seconds);
  }

  #heard(): number {
    return this.now - (this.#engine?.delay_s ?? 0);
  }

  #soon(): number {
    return this.now + LEAD_S;
  }

  // Scheduling.

  #begin(tick: number, time: number): void {
    this.#spans.clear();
    this.#next = null;
    this.#endTime = null;
    this.#at = { tick, time };
    this.#start = time;
    this.#hold(tick, time);
    this.#schedule();
  }

  /** Let notes sound that have begun before, but for those that sound already. */
  #hold(tick: number, time: number, sounding: ReadonlyMap<string, unknown> = new Map()): void {
    const line = this.#line!;
    const missing = [...line.held(tick)].filter(({ part, row }) => !sounding.has(`${part}:${row[2]}`));
    const notes = missing.map(({ part, row: [onset, duration, pitch, velocity] }) => ({
      channel: part, pitch, velocity, on: time, off: time + line.secondsBetween(tick, onset + duration) / this.tempoScale,
    }));
    this.#send(notes);
  }

  #send(notes: readonly TimedNote[]): void {
    this.#engine!.notes(notes);
    if (!this.onMidi) return;
    for (const { channel, pitch, velocity, on, off } of notes) {
      if (!this.isHeard(channel)) continue;
      this.onMidi(channel, 0x90, pitch, velocity, on);
      this.onMidi(channel, 0x80, pitch, 0, off);
    }
  }

  #schedule(): void {
    const horizon = this.now + (document.hidden ? AHEAD_HIDDEN_S : AHEAD_S);
    const notes: TimedNote[] = [];
    while (this.#at.time < horizon && this.#endTime === null && this.#line) this.#step(horizon, notes);
    this.#send(notes);
    this.#spans.prune(this.now);
  }

  /** Schedule up to the horizon, or to where something changes. */
  #step(horizon: number, notes: TimedNote[]): void {
    const { tick, time } = this.#at;
    if (this.#next && tick >= this.#next.tick) {
      this.#line = this.#next.line;
      this.#next = null;
    }
    const line = this.#line!;
    const stretch = line.stretchAt(tick);
    const perTick = stretch.secondsPerTick / this.tempoScale;
    const { on, start, end: loopEnd } = this.loop;
    const isLooping = on && loopEnd > start && tick < loopEnd;
    const stop = isLooping ? Math.min(loopEnd, line.end) : line.end;
    const wanted = tick + Math.max(1, Math.ceil((horizon - time) / perTick));
    const to = Math.max(tick, Math.min(stop, stretch.end, wanted, this.#next?.tick ?? Infinity));
    const timeOf = (at: number): number => time + (at - tick) * perTick;
    for (const { part, row: [onset, duration, pitch, velocity] } of line.notes(tick, to)) {
      const off = Math.min(onset + duration, isLooping ? stop : Infinity);
      const seconds = line.secondsBetween(onset, off) / this.tempoScale;
      notes.push({ channel: part, pitch, velocity, on: timeOf(onset), off: timeOf(onset) + seconds });
    }
    if (this.metronome) for (const beat of line.beats(tick, to)) this.#clicks?.at(timeOf(beat.tick), beat.isFirst);
    if (to > tick) this.#spans.add({ time, tick, endTick: to, secondsPerTick: perTick });
    this.#at = { tick: to, time: timeOf(to) };
    if (to < stop) return;
    if (isLooping && stop > start) this.#at.tick = start;
    else this.#endTime = this.#at.time;
  }

  /** Schedule anew from now, as the settings are now. */
  #replan({ cut }: { cut: boolean }): void {
    if (!this.playing || this.waiting || !this.#engine || !this.#line) return;
    const now = Math.max(this.#soon(), this.#start);
    let tick = this.#spans.tickAt(now) ?? this.tick;
    const { on, start, end } = this.loop;
    if (on && end > start && tick >= end) tick = start;
    this.#cutAt(now, cut ? "all" : []);
    this.#at = { tick, time: now };
    if (cut) this.#hold(tick, now);
    this.#schedule();
  }

  #cutAt(time: number, ends: Ends): void {
    this.#engine!.clear(time, ends);
    this.#clicks?.clear(time);
    this.#spans.cut(time);
    this.#endTime = null;
  }

  /** Clicks of one bar before the music; returns how long they take. */
  #count(tick: number, time: number): number {
    const line = this.#line!;
    const bar = line.barAt(tick);
    if (!bar) return 0;
    const beat = beatTicks(bar, line.score.resolution);
    const beat_s = (line.stretchAt(tick).secondsPerTick * beat) / this.tempoScale;
    const n = Math.max(1, Math.round((bar.end_tick - bar.start_tick) / beat));
    for (let k = 0; k < n; k++) this.#clicks?.at(time + k * beat_s, k === 0);
    return n * beat_s;
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
    this.#schedule();
    if (this.#endTime === null || this.#heard() < this.#endTime) return;
    this.#halt();
    this.tick = 0;
  }

  #follow(): void {
    const heard = this.#heard();
    const beat_s = this.#line ? 60 / ((this.#line.score.qpm || 120) * this.tempoScale) : 0.5;
    this.counting = heard < this.#start ? Math.max(0, Math.ceil((this.#start - heard) / beat_s - 0.2)) : 0;
    const tick = this.#spans.tickAt(heard);
    if (tick !== null) this.tick = tick;
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
    if (!this.playing || this.waiting || !this.#line) this.#line = line;
    else if (isOther) {
      this.#line = line;
      this.#next = null;
      this.#replan({ cut: true });
    } else if (!before || !isSameMusic(before, score)) this.#changeAtBar(line);
    if (!this.playing && this.tick > line.end) this.tick = line.end;
  }

  /** Go on with another score from the next bar on. */
  #changeAtBar(line: Timeline): void {
    const soon = this.#soon();
    const here = this.#spans.tickAt(soon) ?? this.tick;
    const bar = this.#line!.nextBar(Math.ceil(here));
    const time = this.#spans.timeOf(bar, soon);
    this.#next = { line, tick: bar };
    if (time === null) return;
    const [before, after] = [heldAt(this.#line!, bar), heldAt(line, bar)];
    this.#cutAt(time, [...before.values()].filter(([part, pitch]) => !after.has(`${part}:${pitch}`)));
    this.#at = { tick: bar, time };
    this.#line = line;
    this.#next = null;
    this.#hold(bar, time, before);
    this.#schedule();
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

/** Part and pitch of the notes that last beyond a tick. */
function heldAt(line: Timeline, tick: number): Map<string, readonly [number, number]> {
  return new Map([...line.held(tick)].map(({ part, row }) => [`${part}:${row[2]}`, [part, row[2]]]));
}

function toggled(set: ReadonlySet<number>, item: number): ReadonlySet<number> {
  const now = new Set(set);
  if (!now.delete(item)) now.add(item);
  return now;
}

/** Whether two scores have the same notes, bars and tempi: only then need nothing be scheduled anew. */
function isSameMusic(a: ScoreView, b: ScoreView): boolean {
  const isSame = <T>(x: readonly T[], y: readonly T[], equal: (p: T, q: T) => boolean): boolean =>
    x === y || (x.length === y.length && x.every((one, k) => equal(one, y[k]!)));
  return (
    a.resolution === b.resolution &&
    isSame(a.tempos, b.tempos, (p, q) => p.tick === q.tick && p.qpm === q.qpm) &&
    isSame(a.bars, b.bars, (p, q) => p.start_tick === q.start_tick && p.metre === q.metre) &&
    isSame(a.parts, b.parts, (p, q) =>
      isSame(p.notes, q.notes, (m, n) => m[0] === n[0] && m[1] === n[1] && m[2] === n[2] && m[3] === n[3]),
    )
  );
}

export const player = new Player();

declare global {
  interface Window {
    /** For the browser's console: the player of this page. */
    motetPlayer?: Player;
  }
}
if (typeof window !== "undefined") window.motetPlayer = player;
