/** The pitch of a hummed moment, for the trace that is drawn while one hums.

Source: Philip McLeod and Geoff Wyvill, "A smarter way to find pitch", Proceedings of the International
Computer Music Conference, 2005 (normalised square difference, first of the high peaks).
*/

const LOW_HZ = 65;
const HIGH_HZ = 1100;
const CLARITY = 0.82;
const SILENT = 0.008;

/** How loud samples are: root mean square, 0 to 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** The pitch of some samples in semitones (69 is 440 Hz, with fractions); null where there is none. */
export function pitchOfSamples(samples: Float32Array, sampleRate: number): number | null {
  if (loudness(samples) < SILENT) return null;
  const longest = Math.min(Math.floor(sampleRate / LOW_HZ), samples.length >> 1);
  const shortest = Math.max(2, Math.floor(sampleRate / HIGH_HZ));
  const likeness = new Float32Array(longest + 2);
  for (let lag = shortest; lag <= longest + 1; lag++) likeness[lag] = likenessAt(samples, lag);
  let best = 0;
  for (let lag = shortest; lag <= longest; lag++) best = Math.max(best, likeness[lag]!);
  if (best < CLARITY) return null;
  for (let lag = shortest + 1; lag <= longest; lag++) {
    const here = likeness[lag]!;
    if (here < best * 0.93 || here < likeness[lag - 1]! || here < likeness[lag + 1]!) continue;
    const period = lag + peakShift(likeness[lag - 1]!, here, likeness[lag + 1]!);
    return 69 + 12 * Math.log2(sampleRate / period / 440);
  }
  return null;
}

function likenessAt(samples: Float32Array, lag: number): number {
  let product = 0;
  let energy = 0;
  // Every other pair is enough for a trace, and half the work.
  for (let k = 0; k + lag < samples.length; k += 2) {
    const [a, b] = [samples[k]!, samples[k + lag]!];
    product += a * b;
    energy += a * a + b * b;
  }
  return energy > 0 ? (2 * product) / energy : 0;
}

/** Where between three points the parabola through them is highest, from -0.5 to 0.5. */
function peakShift(left: number, middle: number, right: number): number {
  const bend = left - 2 * middle + right;
  return bend === 0 ? 0 : Math.max(-0.5, Math.min(0.5, (0.5 * (left - right)) / bend));
}
