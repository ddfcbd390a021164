/** MIDI instruments: keys played on them sound here, notes played here sound on them. */

import { player } from "../audio/player.svelte";
import { studio } from "../state/studio.svelte";
import { instrument } from "./instrument.svelte";
import { words } from "./words";

interface Port {
  readonly id: string;
  readonly name: string;
}

class Midi {
  /** Whether the browser can; whether the person has let it. */
  readonly isPossible = typeof navigator !== "undefined" && "requestMIDIAccess" in navigator;
  isOpen = $state(false);
  inputs = $state.raw<readonly Port[]>([]);
  outputs = $state.raw<readonly Port[]>([]);
  /** Inputs that are listened to: all of them until one is put off. */
  muted = $state.raw<ReadonlySet<string>>(new Set());
  #output = $state("");
  #access: MIDIAccess | null = null;

  /** Ask for the instruments; a person is asked by the browser. */
  async open(): Promise<void> {
    if (!this.isPossible) return studio.tell(words.noMidi, "error");
    try {
      this.#access = await navigator.requestMIDIAccess({ sysex: false });
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return studio.tell(words.refused, "error");
    }
    this.#access.onstatechange = () => this.#look();
    this.isOpen = true;
    this.#look();
  }

  #look(): void {
    const access = this.#access;
    if (!access) return;
    const named = (port: MIDIPort): Port => ({ id: port.id, name: port.name ?? port.id });
    this.inputs = [...access.inputs.values()].filter((one) => one.state === "connected").map(named);
    this.outputs = [...access.outputs.values()].filter((one) => one.state === "connected").map(named);
    for (const input of access.inputs.values()) input.onmidimessage = (event) => this.#hear(input.id, event.data);
    if (!this.outputs.some((one) => one.id === this.#output)) this.output = "";
  }

  #hear(id: string, data: Uint8Array | null): void {
    if (!data || this.muted.has(id)) return;
    const [status = 0, pitch = 0, velocity = 0] = data;
    const kind = status & 0xf0;
    if (kind === 0x90 && velocity > 0) instrument.press(pitch, velocity);
    else if (kind === 0x80 || kind === 0x90) instrument.release(pitch);
    else if (kind === 0xb0 && (pitch === 120 || pitch === 123)) instrument.releaseAll();
  }

  toggle(id: string): void {
    const muted = new Set(this.muted);
    if (!muted.delete(id)) muted.add(id);
    this.muted = muted;
  }

  get output(): string {
    return this.#output;
  }

  /** The instrument that plays along; "" for none. */
  set output(id: string) {
    this.#silence();
    this.#output = id;
    player.onMidi = id ? (...note) => this.#send(...note) : null;
  }

  #port(): MIDIOutput | null {
    return this.#access?.outputs.get(this.#output) ?? null;
  }

  /** Notes come ahead of their time, which is in seconds of the audio clock. */
  #send(part: number, status: number, pitch: number, velocity: number, time: number): void {
    const view = studio.score?.parts[part];
    const channel = view?.is_drums ? 9 : (view?.channel ?? part) & 15;
    const at = performance.now() + Math.max(0, time - player.now) * 1000;
    this.#port()?.send([(status & 0xf0) | channel, pitch & 127, velocity & 127], at);
  }

  #silence(): void {
    const port = this.#port();
    if (port) for (let channel = 0; channel < 16; channel++) port.send([0xb0 | channel, 123, 0]);
  }
}

export const midi = new Midi();
