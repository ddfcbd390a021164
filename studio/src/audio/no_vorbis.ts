/** What stands on the audio thread in place of the decoder: samples come there decoded. */

export class StbVorbis {
  static readonly ready = Promise.resolve();

  static decode(): never {
    throw new Error("samples are decoded before they come here");
  }
}
