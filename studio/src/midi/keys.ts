/** Which keys of a computer keyboard are which keys of a piano: as on most sequencers, from A on. */

/** Physical keys to semitones above the keyboard's C. */
export const PIANO_KEYS: Readonly<Record<string, number>> = {
  KeyA: 0, KeyW: 1, KeyS: 2, KeyE: 3, KeyD: 4, KeyF: 5, KeyT: 6, KeyG: 7, KeyY: 8, KeyH: 9, KeyU: 10,
  KeyJ: 11, KeyK: 12, KeyO: 13, KeyL: 14, KeyP: 15, Semicolon: 16,
};

/** What is printed on the keys, for the picture. */
export const KEY_LABELS: Readonly<Record<number, string>> = {
  0: "A", 1: "W", 2: "S", 3: "E", 4: "D", 5: "F", 6: "T", 7: "G", 8: "Y", 9: "H", 10: "U", 11: "J",
  12: "K", 13: "O", 14: "L", 15: "P", 16: ";",
};

export const LEAST_OCTAVE = 0;
export const MOST_OCTAVE = 8;

/** The pitch of a key in an octave (4 begins at middle C, 60); null for other keys and out of range. */
export function pitchOfKey(code: string, octave: number): number | null {
  const step = PIANO_KEYS[code];
  const pitch = step === undefined ? null : 12 * (octave + 1) + step;
  return pitch !== null && pitch <= 127 ? pitch : null;
}
