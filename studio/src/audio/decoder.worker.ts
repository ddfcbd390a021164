/** Unpacks samples of the font away from the page and its sound. */
import { StbVorbis } from "stb-vorbis";
import type { FromDecoder, Packed } from "./messages";

const MOST = 0.999969482421875;

self.onmessage = async ({ data }: MessageEvent<Packed>): Promise<void> => {
  await StbVorbis.ready;
  const samples = new Float32Array(StbVorbis.decode(data.bytes).channels[0] ?? new Float32Array(1));
  for (let i = 0; i < samples.length; i++) samples[i] = Math.max(-1, Math.min(MOST, samples[i]!));
  const told: FromDecoder = { id: data.id, samples };
  self.postMessage(told, { transfer: [samples.buffer] });
};
