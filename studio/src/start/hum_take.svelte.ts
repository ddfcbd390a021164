/** Taking a hum: the microphone, its level and pitch while it runs, and a WAV file at the end. */

import type { Pair } from "../i18n.svelte";
import { loudness, pitchOfSamples } from "./hum_pitch";
import { HUM_RATE_HZ, mixDown, writeWav } from "./hum_wav";
import { words } from "./hum_words";

export const MOST_S = 60;
const LEAST_S = 2;

export interface Moment {
  readonly at_s: number;
  readonly pitch: number | null;
}

export class HumTake {
  state = $state<"idle" | "asking" | "recording" | "reading" | "taken">("idle");
  problem = $state.raw<Pair | null>(null);
  level = $state(0);
  seconds = $state(0);
  trace = $state.raw<readonly Moment[]>([]);
  wav = $state.raw<ArrayBuffer | null>(null);
  /** Where the page can play the take. */
  address = $state("");

  #stream: MediaStream | null = null;
  #context: AudioContext | null = null;
  #recorder: MediaRecorder | null = null;
  #frame = 0;
  #startedAt = 0;

  static get isPossible(): boolean {
    return typeof MediaRecorder !== "undefined" && navigator.mediaDevices !== undefined;
  }

  async start(): Promise<void> {
    this.drop();
    if (!HumTake.isPossible) {
      this.problem = words.none;
      return;
    }
    this.state = "asking";
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: true },
      });
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.state = "idle";
      this.problem = problemOf(error);
      return;
    }
    this.#listen(this.#stream);
    this.#record(this.#stream);
    this.state = "recording";
  }

  #listen(stream: MediaStream): void {
    const context = new AudioContext();
    const ear = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(stream).connect(ear);
    this.#context = context;
    this.#startedAt = performance.now();
    const samples = new Float32Array(ear.fftSize);
    const told: Moment[] = [];
    let nextAt = 0;
    const look = (): void => {
      const at_s = (performance.now() - this.#startedAt) / 1000;
      this.seconds = at_s;
      if (at_s >= nextAt) {
        nextAt = at_s + 0.04;
        ear.getFloatTimeDomainData(samples);
        this.level = Math.min(1, loudness(samples) * 5);
        told.push({ at_s, pitch: pitchOfSamples(samples, context.sampleRate) });
        this.trace = [...told];
      }
      if (at_s >= MOST_S) this.stop();
      else this.#frame = requestAnimationFrame(look);
    };
    this.#frame = requestAnimationFrame(look);
  }

  #record(stream: MediaStream): void {
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 128_000 });
    const pieces: Blob[] = [];
    recorder.ondataavailable = (event) => void pieces.push(event.data);
    recorder.onstop = () => void this.#finish(new Blob(pieces, { type: recorder.mimeType }));
    recorder.start();
    this.#recorder = recorder;
  }

  stop(): void {
    if (this.state !== "recording") return;
    this.state = "reading";
    cancelAnimationFrame(this.#frame);
    this.#recorder?.stop();
  }

  async #finish(recorded: Blob): Promise<void> {
    this.#silence();
    if (this.state !== "reading") return;
    if (this.seconds < LEAST_S) return this.#refuse(words.short);
    try {
      const reader = new OfflineAudioContext(1, 1, HUM_RATE_HZ);
      const read = await reader.decodeAudioData(await recorded.arrayBuffer());
      const channels = Array.from({ length: read.numberOfChannels }, (_, k) => read.getChannelData(k));
      this.wav = writeWav(mixDown(channels), HUM_RATE_HZ);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return this.#refuse(words.short);
    }
    this.address = URL.createObjectURL(new Blob([this.wav], { type: "audio/wav" }));
    this.state = "taken";
  }

  #refuse(problem: Pair): void {
    this.drop();
    this.problem = problem;
  }

  /** Let go of the microphone. */
  #silence(): void {
    cancelAnimationFrame(this.#frame);
    this.#stream?.getTracks().forEach((track) => track.stop());
    void this.#context?.close();
    this.#stream = this.#context = this.#recorder = null;
    this.level = 0;
  }

  /** Forget the take, and stop one that is running. */
  drop(): void {
    this.state = "idle";
    if (this.#recorder?.state === "recording") this.#recorder.stop();
    this.#silence();
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = "";
    this.wav = this.problem = null;
    this.trace = [];
    this.seconds = 0;
  }
}

function problemOf(error: DOMException): Pair {
  if (error.name === "NotAllowedError" || error.name === "SecurityError") return words.refused;
  if (error.name === "NotFoundError" || error.name === "OverconstrainedError") return words.missing;
  return error.name === "NotReadableError" ? words.busy : words.missing;
}
