/** What the page and its synthesiser say to each other. Times are seconds of the audio clock. */

/** How a part sounds; part k has channel k. */
export interface Channel {
  readonly program: number;
  readonly isDrums: boolean;
  /** 0 to 127 each, as in MIDI. */
  readonly volume: number;
  readonly pan: number;
  readonly isSilent: boolean;
}

export interface TimedNote {
  readonly channel: number;
  readonly pitch: number;
  readonly velocity: number;
  readonly on: number;
  readonly off: number;
}

/** Notes that are to end: all of them, or these by channel and pitch. */
export type Ends = "all" | readonly (readonly [channel: number, pitch: number])[];

export type ToSynth =
  | { kind: "font"; bytes: ArrayBuffer }
  | { kind: "channels"; channels: readonly Channel[]; ask: number }
  | { kind: "decoded"; id: number; samples: Float32Array }
  | { kind: "notes"; notes: readonly TimedNote[] }
  /** Forget notes that begin at this time or later; of those that sound then, end all or some. */
  | { kind: "clear"; from: number; ends: Ends }
  | { kind: "on"; channel: number; pitch: number; velocity: number }
  | { kind: "off"; channel: number; pitch: number };

export interface Packed {
  readonly id: number;
  /** One Ogg Vorbis stream. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type FromSynth =
  | { kind: "font"; nPresets: number }
  | { kind: "failed"; why: string }
  /** The samples that channels need and that are still packed. */
  | { kind: "needs"; ask: number; packed: readonly Packed[] }
  /** The peak of each part since the last message, 0 to about 1. */
  | { kind: "levels"; levels: Float32Array };

export type FromDecoder = { id: number; samples: Float32Array<ArrayBuffer> };
