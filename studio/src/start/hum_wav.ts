/** A recording as a WAV file: one channel, 16 bits. */

export const HUM_RATE_HZ = 22_050;

/** The bytes of a WAV file of samples between -1 and 1; louder ones are cut. */
export function writeWav(samples: Float32Array, sampleRate: number): ArrayBuffer {
  const bytes = new ArrayBuffer(44 + samples.length * 2);
  const view = new DataView(bytes);
  const tag = (at: number, text: string) =>
    [...text].forEach((letter, k) => view.setUint8(at + k, letter.charCodeAt(0)));
  tag(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  tag(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, k) =>
    view.setInt16(44 + k * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true));
  return bytes;
}

/** Several channels as one. */
export function mixDown(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first) return new Float32Array(0);
  const mixed = new Float32Array(first.length);
  for (const channel of channels)
    for (let k = 0; k < mixed.length; k++) mixed[k] = mixed[k]! + channel[k]! / channels.length;
  return mixed;
}
