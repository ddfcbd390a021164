/** The computer keyboard as a piano: while it is on, its letters play and do nothing else. */

import { instrument } from "./instrument.svelte";
import { LEAST_OCTAVE, MOST_OCTAVE, pitchOfKey } from "./keys";

const FORCES = [36, 56, 76, 96, 116, 127] as const;

class Keyboard {
  octave = $state(4);
  force = $state(3);
  #isOn = $state(false);
  #down = new Map<string, number>();

  get isOn(): boolean {
    return this.#isOn;
  }

  set isOn(value: boolean) {
    if (value === this.#isOn) return;
    this.#isOn = value;
    // Before all other listeners: letters are notes now, not commands.
    const act = value ? window.addEventListener : window.removeEventListener;
    act.call(window, "keydown", this.#press as EventListener, true);
    act.call(window, "keyup", this.#release as EventListener, true);
    act.call(window, "blur", this.#letGo, true);
    if (!value) this.#letGo();
  }

  get velocity(): number {
    return FORCES[this.force] ?? 96;
  }

  shiftOctave(by: number): void {
    this.octave = Math.min(MOST_OCTAVE, Math.max(LEAST_OCTAVE, this.octave + by));
  }

  shiftForce(by: number): void {
    this.force = Math.min(FORCES.length - 1, Math.max(0, this.force + by));
  }

  #press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    if (!this.#act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #act(event: KeyboardEvent): boolean {
    const { code } = event;
    if (code === "KeyZ" || code === "KeyX") {
      this.shiftOctave(code === "KeyX" ? 1 : -1);
      return true;
    }
    if (code === "KeyC" || code === "KeyV") {
      this.shiftForce(code === "KeyV" ? 1 : -1);
      return true;
    }
    const pitch = event.shiftKey ? null : pitchOfKey(code, this.octave);
    if (pitch === null) return false;
    if (!event.repeat && !this.#down.has(code)) {
      this.#down.set(code, pitch);
      instrument.press(pitch, this.velocity);
    }
    return true;
  }

  #release = (event: KeyboardEvent): void => {
    const pitch = this.#down.get(event.code);
    if (pitch === undefined) return;
    this.#down.delete(event.code);
    instrument.release(pitch);
    event.preventDefault();
    event.stopPropagation();
  };

  #letGo = (): void => {
    for (const pitch of this.#down.values()) instrument.release(pitch);
    this.#down.clear();
  };
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["range", "checkbox", "radio", "button"].includes(target.type);
}

export const keyboard = new Keyboard();
