import { describe, expect, it } from "vitest";
import { loudness, pitchOfSamples } from "./hum_pitch";
import { mixDown, writeWav } from "./hum_wav";

const RATE = 44_100;
const tone = (hz: number, n = 2048, loud = 0.3): Float32Array =>
  Float32Array.from({ length: n }, (_, k) => {
    const at = (2 * Math.PI * hz * k) / RATE;
    return loud * (Math.sin(at) + 0.5 * Math.sin(2 * at) + 0.3 * Math.sin(3 * at));
  });

describe("the trace of a hum", () => {
  it("hears a voice with overtones at its own pitch", () => {
    for (const pitch of [45, 57, 60.5, 69, 76])
      expect(pitchOfSamples(tone(440 * 2 ** ((pitch - 69) / 12)), RATE)).toBeCloseTo(pitch, 1);
  });
  it("hears nothing in silence and none in noise", () => {
    expect(pitchOfSamples(new Float32Array(2048), RATE)).toBeNull();
    let seed = 1;
    const noise = Float32Array.from({ length: 2048 }, () => {
      seed = (seed * 16807) % 2147483647;
      return (seed / 2147483647 - 0.5) * 0.5;
    });
    expect(pitchOfSamples(noise, RATE)).toBeNull();
    expect(loudness(Float32Array.of(0.5, -0.5))).toBeCloseTo(0.5);
  });
});

describe("the WAV file", () => {
  it("says what it is and cuts what is too loud", () => {
    const view = new DataView(writeWav(Float32Array.of(0, 1, -2), 22050));
    const text = (at: number) => String.fromCharCode(...new Uint8Array(view.buffer, at, 4));
    expect([text(0), text(8), text(36)]).toEqual(["RIFF", "WAVE", "data"]);
    expect([view.getUint32(24, true), view.getUint32(40, true)]).toEqual([22050, 6]);
    expect([44, 46, 48].map((at) => view.getInt16(at, true))).toEqual([0, 32767, -32767]);
    expect([...mixDown([Float32Array.of(1, 0), Float32Array.of(0, 1)])]).toEqual([0.5, 0.5]);
  });
});
