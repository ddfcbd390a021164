/** The metronome: two short clicks, made here. */

const LONG_S = 0.045;

/** A wood-like click at a pitch. */
function makeClick(context: BaseAudioContext, hz: number, size: number): AudioBuffer {
  const buffer = context.createBuffer(1, Math.round(LONG_S * context.sampleRate), context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i++) {
    const time = i / context.sampleRate;
    const rise = Math.min(1, time / 0.0008);
    samples[i] = size * rise * Math.exp(-time / 0.008) * Math.sin(2 * Math.PI * hz * time);
  }
  return buffer;
}

export class Clicks {
  readonly #first: AudioBuffer;
  readonly #other: AudioBuffer;
  #waiting: { node: AudioBufferSourceNode; time: number }[] = [];

  constructor(
    readonly context: BaseAudioContext,
    readonly out: AudioNode,
  ) {
    this.#first = makeClick(context, 1760, 0.7);
    this.#other = makeClick(context, 1175, 0.5);
  }

  at(time: number, isFirst: boolean): void {
    const node = this.context.createBufferSource();
    node.buffer = isFirst ? this.#first : this.#other;
    node.connect(this.out);
    node.start(Math.max(time, this.context.currentTime));
    const entry = { node, time };
    this.#waiting.push(entry);
    node.onended = () => (this.#waiting = this.#waiting.filter((one) => one !== entry));
  }

  /** Forget clicks from a time on. */
  clear(from: number): void {
    for (const { node, time } of this.#waiting) if (time >= from) node.stop();
    this.#waiting = this.#waiting.filter(({ time }) => time < from);
  }
}
