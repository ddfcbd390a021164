/** The graph of the page's sound: synthesiser and clicks, volume, limiter, meter; and the font's way into it. */
import { loadFont } from "./font";
import type { Channel, Ends, FromDecoder, FromSynth, TimedNote, ToSynth } from "./messages";
import synthUrl from "./synth.worklet.ts?worker&url";

/** What the font gives is soft: four parts come to half of full scale with this. */
const ROOM = 1.6;

export interface Progress {
  /** Bytes of the font, 0 to 1. */
  font: number;
  /** Samples of the channels, 0 to 1. */
  samples: number;
}

export interface Captured {
  readonly rate: number;
  /** The audio clock at the first sample. */
  readonly start: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export class Engine {
  readonly context = new AudioContext({ latencyHint: "interactive" });
  readonly master = this.context.createGain();
  readonly clicks = this.context.createGain();
  readonly meter = this.context.createAnalyser();
  readonly #end = this.context.createWaveShaper();
  levels = new Float32Array(0);
  /** When the levels were told, in milliseconds of the page. */
  levelsAt = 0;
  progress: Progress = { font: 0, samples: 0 };

  #synth: AudioWorkletNode | null = null;
  #decoder: Worker | null = null;
  #asks = 0;
  #answers = new Map<number, (packed: readonly { id: number; bytes: Uint8Array }[]) => void>();
  #unpacking = new Map<number, { done: Promise<void>; end: () => void }>();
  #font: { done: () => void; fail: (why: Error) => void } | null = null;
  readonly #tell: () => void;

  constructor(tell: () => void) {
    this.#tell = tell;
    this.meter.fftSize = 2048;
    const limiter = this.context.createDynamicsCompressor();
    limiter.threshold.value = -5;
    limiter.knee.value = 4;
    limiter.ratio.value = 16;
    limiter.attack.value = 0.002;
    limiter.release.value = 0.12;
    this.#end.curve = ceiling();
    this.clicks.connect(this.master);
    this.master.connect(limiter).connect(this.#end).connect(this.context.destination);
    this.#end.connect(this.meter);
  }

  /** Load the synthesiser and its font. */
  async load(): Promise<void> {
    await this.context.audioWorklet.addModule(synthUrl);
    const synth = new AudioWorkletNode(this.context, "motet-synth", { numberOfInputs: 0, outputChannelCount: [2] });
    synth.port.onmessage = ({ data }: MessageEvent<FromSynth>) => this.#hear(data);
    const room = this.context.createGain();
    room.gain.value = ROOM;
    synth.connect(room).connect(this.master);
    this.#synth = synth;
    const bytes = await loadFont((fraction) => this.#move({ font: fraction }));
    await new Promise<void>((done, fail) => {
      this.#font = { done, fail };
      this.#post({ kind: "font", bytes }, [bytes]);
    });
  }

  #move(now: Partial<Progress>): void {
    this.progress = { ...this.progress, ...now };
    this.#tell();
  }

  #post(message: ToSynth, moved: Transferable[] = []): void {
    this.#synth?.port.postMessage(message, moved);
  }

  #hear(message: FromSynth): void {
    if (message.kind === "font") this.#font?.done();
    else if (message.kind === "failed") this.#font?.fail(new Error(message.why));
    else if (message.kind === "needs") this.#answers.get(message.ask)?.(message.packed);
    else {
      this.levels = new Float32Array(message.levels);
      this.levelsAt = performance.now();
    }
  }

  /** Set up the channels; resolves once everything they play is unpacked. */
  async setChannels(channels: readonly Channel[]): Promise<void> {
    const ask = ++this.#asks;
    const packed = await new Promise<readonly { id: number; bytes: Uint8Array }[]>((done) => {
      this.#answers.set(ask, done);
      this.#post({ kind: "channels", channels, ask });
    });
    this.#answers.delete(ask);
    let n = 0;
    const waits = packed.map(({ id, bytes }) => this.#unpack(id, bytes).then(() => this.#move({ samples: ++n / packed.length })));
    await Promise.all(waits);
    this.#move({ samples: 1 });
  }

  #unpack(id: number, bytes: Uint8Array): Promise<void> {
    const known = this.#unpacking.get(id);
    if (known) return known.done;
    let end = (): void => undefined;
    const done = new Promise<void>((resolve) => (end = resolve));
    this.#unpacking.set(id, { done, end });
    this.#worker().postMessage({ id, bytes }, [bytes.buffer]);
    return done;
  }

  #worker(): Worker {
    if (this.#decoder) return this.#decoder;
    const worker = new Worker(new URL("./decoder.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromDecoder>) => {
      this.#post({ kind: "decoded", id: data.id, samples: data.samples }, [data.samples.buffer]);
      this.#unpacking.get(data.id)?.end();
      this.#unpacking.delete(data.id);
    };
    this.#decoder = worker;
    return worker;
  }

  notes(notes: readonly TimedNote[]): void {
    if (notes.length > 0) this.#post({ kind: "notes", notes });
  }

  clear(from: number, ends: Ends): void {
    this.#post({ kind: "clear", from, ends });
  }

  on(channel: number, pitch: number, velocity: number): void {
    this.#post({ kind: "on", channel, pitch, velocity });
  }

  off(channel: number, pitch: number): void {
    this.#post({ kind: "off", channel, pitch });
  }

  /** The seconds between the audio clock and what is heard. */
  get delay_s(): number {
    const { outputLatency, baseLatency } = this.context;
    return Math.min(0.4, (outputLatency || 0) + (baseLatency || 0));
  }

  /** What goes to the loudspeakers in the next seconds. */
  async capture(seconds: number): Promise<Captured> {
    const { context } = this;
    const tap = new AudioWorkletNode(context, "motet-tap", { outputChannelCount: [2] });
    const n = Math.round(seconds * context.sampleRate);
    const [left, right] = [new Float32Array(n), new Float32Array(n)];
    const start = await new Promise<number>((done) => {
      let [at, first] = [0, 0];
      tap.port.onmessage = ({ data }: MessageEvent<{ frame: number; sides: Float32Array[] }>) => {
        if (at === 0) first = data.frame;
        const a = data.sides[0]!.subarray(0, n - at);
        left.set(a, at);
        right.set((data.sides[1] ?? data.sides[0]!).subarray(0, n - at), at);
        at += a.length;
        if (at >= n) done(first / context.sampleRate);
      };
      this.#end.connect(tap).connect(context.destination);
    });
    tap.port.onmessage = null;
    this.#end.disconnect(tap);
    tap.disconnect();
    return { rate: context.sampleRate, start, left, right };
  }
}

/** A curve that is straight to 0.9 and bends to at most 0.99: peaks that the limiter lets pass do not clip. */
function ceiling(): Float32Array<ArrayBuffer> {
  const curve = new Float32Array(4097);
  for (let i = 0; i < curve.length; i++) {
    const x = (i / 2048 - 1) * 1;
    const size = Math.abs(x);
    curve[i] = Math.sign(x) * (size <= 0.9 ? size : 0.9 + 0.09 * Math.tanh((size - 0.9) / 0.09));
  }
  return curve;
}
