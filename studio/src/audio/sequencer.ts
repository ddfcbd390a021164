/** Hands the notes of a score to the synthesiser a little ahead of time, and knows where the sound is.

Conventions: times are seconds of the audio clock. What is handed over reaches to the horizon; a change takes
back what lies behind the point where it begins.
*/
import type { ScoreView } from "../lib/types";
import type { Clicks } from "./clicks";
import type { Engine } from "./engine";
import type { Ends, TimedNote } from "./messages";
import { Spans } from "./spans";
import { beatTicks, Timeline } from "./timeline";

const AHEAD_S = 0.6;
const AHEAD_HIDDEN_S = 2.5;
/** The least time between deciding and sounding. */
const LEAD_S = 0.05;

export interface Settings {
  readonly loop: { readonly on: boolean; readonly start: number; readonly end: number };
  readonly tempoScale: number;
  readonly metronome: boolean;
}

export class Sequencer {
  line: Timeline | null = null;
  /** When the music begins or began: after the count-in. */
  start = 0;
  /** When the piece ends, once that is known. */
  endTime: number | null = null;
  #next: { line: Timeline; tick: number } | null = null;
  #spans = new Spans();
  #at = { tick: 0, time: 0 };

  constructor(
    readonly engine: Engine,
    readonly clicks: Clicks,
    readonly settings: () => Settings,
    readonly sent: (notes: readonly TimedNote[]) => void,
  ) {}

  get now(): number {
    return this.engine.context.currentTime;
  }

  get soon(): number {
    return this.now + LEAD_S;
  }

  /** The tick that sounds at a time, null if nothing was handed over. */
  tickAt(time: number): number | null {
    return this.#spans.tickAt(time);
  }

  /** Play from a tick, maybe after a bar of clicks. */
  begin(tick: number, countIn: boolean): void {
    const now = this.soon;
    this.engine.clear(now, "all");
    this.clicks.clear(now);
    this.#spans.clear();
    this.#next = this.endTime = null;
    this.start = now + (countIn ? this.#count(tick, now) : 0);
    this.#at = { tick, time: this.start };
    this.#hold(tick, this.start);
    this.schedule();
  }

  end(): void {
    this.engine.clear(this.now, "all");
    this.clicks.clear(this.now);
    this.#spans.clear();
    this.#next = null;
  }

  /** Hand over what lies before the horizon. */
  schedule(): void {
    const horizon = this.now + (document.hidden ? AHEAD_HIDDEN_S : AHEAD_S);
    const notes: TimedNote[] = [];
    while (this.#at.time < horizon && this.endTime === null && this.line) this.#step(horizon, notes);
    this.#send(notes);
    this.#spans.prune(this.now);
  }

  /** Hand over anew from now, by the settings as they are; with another score at the same place. */
  replan(line: Timeline | null = null): void {
    if (!this.line) return;
    const now = Math.max(this.soon, this.start);
    const { on, start, end } = this.settings().loop;
    let tick = this.#spans.tickAt(now) ?? this.#at.tick;
    if (on && end > start && tick >= end) tick = start;
    this.#cut(now, line ? "all" : []);
    if (line) {
      this.line = line;
      this.#next = null;
      this.#hold(tick, now);
    }
    this.#at = { tick, time: now };
    this.schedule();
  }

  /** Go on with another score from the next bar on. */
  changeAtBar(line: Timeline): void {
    const old = this.line;
    if (!old) return;
    const { soon } = this;
    const bar = old.nextBar(Math.ceil(this.#spans.tickAt(soon) ?? this.#at.tick));
    const time = this.#spans.timeOf(bar, soon);
    this.#next = { line, tick: bar };
    if (time === null) return;
    this.#cut(time, []);
    this.#at = { tick: bar, time };
    this.#turn(line);
    this.schedule();
  }

  /** Another score from here on: notes that it does not hold end, those that it holds begin. */
  #turn(line: Timeline): void {
    const { tick, time } = this.#at;
    const [before, after] = [heldAt(this.line!, tick), heldAt(line, tick)];
    this.engine.clear(time, [...before.values()].filter(([part, pitch]) => !after.has(`${part}:${pitch}`)));
    this.line = line;
    this.#next = null;
    this.#hold(tick, time, before);
  }

  /** Let notes sound that have begun before, but for those that sound already. */
  #hold(tick: number, time: number, sounding: ReadonlyMap<string, unknown> = new Map()): void {
    const line = this.line!;
    const missing = [...line.held(tick)].filter(({ part, row }) => !sounding.has(`${part}:${row[2]}`));
    const { tempoScale } = this.settings();
    const notes = missing.map(({ part, row: [onset, duration, pitch, velocity] }) => ({
      channel: part, pitch, velocity, on: time, off: time + line.secondsBetween(tick, onset + duration) / tempoScale,
    }));
    this.#send(notes);
  }

  #send(notes: readonly TimedNote[]): void {
    this.engine.notes(notes);
    this.sent(notes);
  }

  /** One step: up to the horizon, or to where the tempo, the score or the loop turns. */
  #step(horizon: number, notes: TimedNote[]): void {
    const { tick, time } = this.#at;
    if (this.#next && tick >= this.#next.tick) {
      this.#send(notes.splice(0));
      this.#turn(this.#next.line);
    }
    const line = this.line!;
    const { loop, tempoScale, metronome } = this.settings();
    const stretch = line.stretchAt(tick);
    const perTick = stretch.secondsPerTick / tempoScale;
    const isLooping = loop.on && loop.end > loop.start && tick < loop.end;
    const stop = isLooping ? Math.min(loop.end, line.end) : line.end;
    const wanted = tick + Math.max(1, Math.ceil((horizon - time) / perTick));
    const to = Math.max(tick, Math.min(stop, stretch.end, wanted, this.#next?.tick ?? Infinity));
    const timeOf = (at: number): number => time + (at - tick) * perTick;
    for (const { part, row: [onset, duration, pitch, velocity] } of line.notes(tick, to)) {
      const off = Math.min(onset + duration, isLooping ? stop : Infinity);
      const seconds = line.secondsBetween(onset, off) / tempoScale;
      notes.push({ channel: part, pitch, velocity, on: timeOf(onset), off: timeOf(onset) + seconds });
    }
    if (metronome) for (const beat of line.beats(tick, to)) this.clicks.at(timeOf(beat.tick), beat.isFirst);
    if (to > tick) this.#spans.add({ time, tick, endTick: to, secondsPerTick: perTick });
    this.#at = { tick: to, time: timeOf(to) };
    if (to < stop) return;
    if (isLooping && stop > loop.start) this.#at.tick = loop.start;
    else this.endTime = this.#at.time;
  }

  #cut(time: number, ends: Ends): void {
    this.engine.clear(time, ends);
    this.clicks.clear(time);
    this.#spans.cut(time);
    this.endTime = null;
  }

  /** Clicks of one bar before the music; returns how long they take. */
  #count(tick: number, time: number): number {
    const line = this.line!;
    const bar = line.barAt(tick);
    if (!bar) return 0;
    const beat = beatTicks(bar, line.score.resolution);
    const beat_s = this.beatAt(tick);
    const n = Math.max(1, Math.round((bar.end_tick - bar.start_tick) / beat));
    for (let k = 0; k < n; k++) this.clicks.at(time + k * beat_s, k === 0);
    return n * beat_s;
  }

  /** The seconds that a beat takes at a tick. */
  beatAt(tick: number): number {
    const bar = this.line?.barAt(tick);
    if (!this.line || !bar) return 0.5;
    return (this.line.stretchAt(tick).secondsPerTick * beatTicks(bar, this.line.score.resolution)) / this.settings().tempoScale;
  }
}

/** Part and pitch of the notes that last beyond a tick. */
function heldAt(line: Timeline, tick: number): Map<string, readonly [number, number]> {
  return new Map([...line.held(tick)].map(({ part, row }) => [`${part}:${row[2]}`, [part, row[2]]]));
}

/** Whether two scores have the same notes, bars and tempi: only then need nothing be handed over anew. */
export function isSameMusic(a: ScoreView, b: ScoreView): boolean {
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
