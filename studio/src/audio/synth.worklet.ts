/** The synthesiser on the audio thread: notes begin and end on the exact sample.

Samples of the font stay packed until the page sends them decoded, so that nothing is unpacked on this
thread; a channel whose samples are not there yet is silent.
*/
import { MIDIControllers, SoundBankLoader, SpessaSynthProcessor, type BasicPreset, type BasicSample, type BasicSoundBank } from "spessasynth_core";
import type { Channel, Ends, FromSynth, Packed, TimedNote, ToSynth } from "./messages";

const BLOCK = 128;
const LEVELS_EVERY = 12;
/** Channels that are made at once when sixteen are too few. */
const ROOM = 64;

interface Playing {
  readonly channel: number;
  readonly pitch: number;
  readonly velocity: number;
  readonly on: number;
  off: number;
}

class Synth extends AudioWorkletProcessor {
  #synth = new SpessaSynthProcessor(sampleRate, { eventsEnabled: false });
  #bank: BasicSoundBank | null = null;
  #channels: Channel[] = [];
  #isReady: boolean[] = [];
  /** Sorted by their beginning, in frames. */
  #waiting: Playing[] = [];
  #sounding: Playing[] = [];
  #pairs: [Float32Array, Float32Array][] = [];
  #peaks = new Float32Array(0);
  #wet: [Float32Array, Float32Array] = [new Float32Array(BLOCK), new Float32Array(BLOCK)];
  #blocks = 0;
  #wasLoud = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<ToSynth>) => this.#hear(data);
  }

  #say(message: FromSynth, moved: Transferable[] = []): void {
    this.port.postMessage(message, moved);
  }

  #hear(message: ToSynth): void {
    switch (message.kind) {
      case "font":
        return this.#takeFont(message.bytes);
      case "channels":
        return this.#setUp(message.channels, message.ask);
      case "decoded":
        return this.#takeSamples(message.id, message.samples);
      case "notes":
        this.#waiting = [...this.#waiting, ...message.notes.map(inFrames)].sort((a, b) => a.on - b.on);
        return;
      case "clear":
        return this.#clear(Math.round(message.from * sampleRate), message.ends);
      case "on":
        return this.#begin({ ...message, on: 0, off: Infinity });
      case "off":
        return this.#release(message.channel, message.pitch);
    }
  }

  #takeFont(bytes: ArrayBuffer): void {
    try {
      this.#bank = SoundBankLoader.fromArrayBuffer(bytes);
      this.#synth.soundBankManager.addSoundBank(this.#bank, "font");
    } catch (error) {
      this.#say({ kind: "failed", why: String(error) });
      return;
    }
    const channels = this.#channels;
    this.#channels = [];
    this.#setUp(channels, -1);
    this.#say({ kind: "font", nPresets: this.#bank.presets.length });
  }

  #setUp(channels: readonly Channel[], ask: number): void {
    this.#makeRoom(channels.length);
    while (this.#pairs.length < channels.length) this.#pairs.push([new Float32Array(BLOCK), new Float32Array(BLOCK)]);
    if (this.#peaks.length !== channels.length) this.#peaks = new Float32Array(channels.length);
    channels.forEach((now, k) => this.#setChannel(k, now, this.#channels[k]));
    for (let k = channels.length; k < this.#channels.length; k++) this.#silence(k);
    this.#channels = [...channels];
    this.#isReady = channels.map((_, k) => this.#samplesOf(k).every((sample) => !sample.isCompressed));
    if (ask >= 0) this.#sayNeeds(ask);
  }

  /** More channels than sixteen begin with all controllers at zero: silent until a reset. */
  #makeRoom(n: number): void {
    if (this.#synth.midiChannels.length >= n) return;
    while (this.#synth.midiChannels.length < Math.max(n, ROOM)) this.#synth.createMIDIChannel();
    this.#synth.reset();
    this.#channels = [];
  }

  #setChannel(k: number, now: Channel, before: Channel | undefined): void {
    const channel = this.#synth.midiChannels[k]!;
    if (before?.program !== now.program || before.isDrums !== now.isDrums) {
      channel.setDrums(now.isDrums);
      this.#synth.programChange(k, now.program);
    }
    if (before?.volume !== now.volume) this.#synth.controllerChange(k, MIDIControllers.mainVolume, now.volume);
    if (before?.pan !== now.pan) this.#synth.controllerChange(k, MIDIControllers.pan, now.pan);
    if (before?.isSilent !== now.isSilent) channel.setSystemParameter("gain", now.isSilent ? 0 : 1);
  }

  #samplesOf(k: number): BasicSample[] {
    const preset = this.#synth.midiChannels[k]?.preset as BasicPreset | undefined;
    const found = new Set<BasicSample>();
    for (const zone of preset?.zones ?? []) for (const inner of zone.instrument.zones) found.add(inner.sample);
    return [...found];
  }

  #sayNeeds(ask: number): void {
    const packed: Packed[] = [];
    if (this.#bank) {
      const missing = new Set(this.#channels.flatMap((_, k) => this.#samplesOf(k)).filter((sample) => sample.isCompressed));
      for (const sample of missing) {
        const bytes = new Uint8Array(sample.getRawData(true));
        packed.push({ id: this.#bank.samples.indexOf(sample), bytes });
      }
    }
    this.#say({ kind: "needs", ask, packed }, packed.map(({ bytes }) => bytes.buffer));
  }

  #takeSamples(id: number, samples: Float32Array): void {
    const sample = this.#bank?.samples[id];
    if (!sample?.isCompressed) return;
    sample.setAudioData(samples, sample.sampleRate);
    this.#isReady = this.#channels.map((_, k) => this.#isReady[k] || this.#samplesOf(k).every((one) => !one.isCompressed));
  }

  #clear(frame: number, ends: Ends): void {
    this.#waiting = this.#waiting.filter((note) => note.on < frame);
    const isEnding = ({ channel, pitch }: Playing): boolean => ends === "all" || ends.some(([c, p]) => c === channel && p === pitch);
    for (const note of [...this.#waiting, ...this.#sounding]) {
      // Notes by hand begin at 0: they end when the hand lets go.
      if (note.on > 0 && isEnding(note)) note.off = Math.min(note.off, frame);
    }
  }

  #begin(note: Playing): void {
    const { channel, pitch } = note;
    this.#release(channel, pitch);
    if (!this.#isReady[channel]) return;
    this.#synth.noteOn(channel, pitch, note.velocity);
    this.#sounding.push(note);
  }

  #release(channel: number, pitch: number): void {
    const kept = this.#sounding.filter((note) => note.channel !== channel || note.pitch !== pitch);
    if (kept.length === this.#sounding.length) return;
    this.#sounding = kept;
    this.#synth.noteOff(channel, pitch);
  }

  #silence(channel: number): void {
    this.#waiting = this.#waiting.filter((note) => note.channel !== channel);
    this.#sounding = this.#sounding.filter((note) => note.channel !== channel);
    this.#synth.midiChannels[channel]?.stopAllNotes();
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [left, right] = outputs[0] ?? [];
    if (!left || !right || !this.#bank || this.#pairs.length === 0) return true;
    for (let at = 0; at < left.length; ) {
      const now = currentFrame + at;
      for (const note of this.#sounding.filter(({ off }) => off <= now)) this.#release(note.channel, note.pitch);
      while (this.#waiting[0] && this.#waiting[0].on <= now) {
        const note = this.#waiting.shift()!;
        if (note.off > now) this.#begin(note);
      }
      let next = Math.min(currentFrame + left.length, now + BLOCK, this.#waiting[0]?.on ?? Infinity);
      for (const { off } of this.#sounding) if (off > now && off < next) next = off;
      this.#render(left, right, at, next - now);
      at += next - now;
    }
    if (++this.#blocks % LEVELS_EVERY === 0) this.#sayLevels();
    return true;
  }

  #render(left: Float32Array, right: Float32Array, at: number, n: number): void {
    for (const pair of [...this.#pairs, this.#wet]) for (const side of pair) side.fill(0);
    const [wetLeft, wetRight] = this.#wet;
    this.#synth.processSplit(this.#pairs, wetLeft, wetRight, 0, n);
    for (let k = 0; k < this.#pairs.length; k++) {
      const [a, b] = this.#pairs[k]!;
      let peak = this.#peaks[k] ?? 0;
      for (let i = 0; i < n; i++) {
        left[at + i]! += a[i]!;
        right[at + i]! += b[i]!;
        const loud = Math.max(Math.abs(a[i]!), Math.abs(b[i]!));
        if (loud > peak) peak = loud;
      }
      if (k < this.#peaks.length) this.#peaks[k] = peak;
    }
    for (let i = 0; i < n; i++) {
      left[at + i]! += wetLeft[i]!;
      right[at + i]! += wetRight[i]!;
    }
  }

  #sayLevels(): void {
    const isLoud = this.#peaks.some((peak) => peak > 1e-4);
    if (isLoud || this.#wasLoud) this.#say({ kind: "levels", levels: this.#peaks.slice() });
    this.#wasLoud = isLoud;
    this.#peaks.fill(0);
  }
}

function inFrames(note: TimedNote): Playing {
  return { ...note, on: Math.max(1, Math.round(note.on * sampleRate)), off: Math.round(note.off * sampleRate) };
}

/** Sends what goes in to the page, in pieces; what it gives out is silence. */
class Tap extends AudioWorkletProcessor {
  process(inputs: Float32Array[][]): boolean {
    const sides = inputs[0] ?? [];
    if (sides.length > 0) this.port.postMessage({ frame: currentFrame, sides: sides.map((side) => side.slice()) });
    return true;
  }
}

registerProcessor("motet-synth", Synth);
registerProcessor("motet-tap", Tap);
