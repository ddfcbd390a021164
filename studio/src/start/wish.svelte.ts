/** What someone wishes on the start screen: a sentence, what is understood of it, and what was set by hand. */
import { tongue } from "../i18n.svelte";
import { api } from "../lib/api";
import type { MoodRow, Understood } from "../lib/types";

export type Field = "style" | "emotion" | "key" | "metre" | "qpm" | "bars";
type Brief = Readonly<Record<string, unknown>>;

const QUIET_MS = 300;

export class Wish {
  text = $state("");
  understood = $state.raw<Understood | null>(null);
  /** Fields set by hand; they win over the sentence. */
  set = $state.raw<Brief>({});
  #timer = 0;
  #asked = "";

  isEmpty = $derived(this.text.trim() === "" && Object.keys(this.set).length === 0);
  /** The brief as it would be asked for. */
  brief = $derived<Brief>({ ...(this.text.trim() ? this.understood?.brief : {}), ...this.set });

  valueOf(field: Field): unknown {
    return this.brief[field] ?? null;
  }

  /** Set a field by hand; null takes that back. */
  put(field: Field, value: unknown): void {
    const { [field]: _, ...others } = this.set;
    this.set = value === null ? others : { ...others, [field]: value };
  }

  toggleMood(mood: MoodRow): void {
    this.put("emotion", this.isMood(mood) ? null : [mood.valence, mood.arousal]);
  }

  isMood(mood: MoodRow): boolean {
    const value = this.valueOf("emotion");
    return Array.isArray(value) && value[0] === mood.valence && value[1] === mood.arousal;
  }

  toggleStyle(name: string): void {
    this.put("style", this.set.style === name ? null : name);
  }

  /** The words have changed: they are read once typing rests. */
  typed(): void {
    clearTimeout(this.#timer);
    if (!this.text.trim()) {
      this.understood = null;
      this.#asked = "";
      return;
    }
    this.#timer = window.setTimeout(() => void this.read(), QUIET_MS);
  }

  /** Read the sentence; errors are left to the one who presses Play. */
  async read(): Promise<void> {
    clearTimeout(this.#timer);
    const text = this.text.trim();
    if (!text || text === this.#asked) return;
    this.#asked = text;
    try {
      const found = await api.post<Understood>("/api/understand", { body: { text, language: tongue.language } });
      if (this.#asked === text) this.understood = found;
    } catch {
      if (this.#asked === text) this.#asked = "";
    }
  }
}
