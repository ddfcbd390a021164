/** Short messages at the edge of the page. */
import type { Words } from "../i18n.svelte";
import { JobError } from "../lib/api";
import { words } from "./words";

export type ToastKind = "info" | "ok" | "error";
export interface Toast {
  readonly id: number;
  readonly kind: ToastKind;
  readonly words: Words;
}

const SHOWN_MS: Readonly<Record<ToastKind, number>> = { info: 5000, ok: 3500, error: 12000 };
const MOST = 3;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;

  say(words: Words | string, kind: ToastKind = "info"): void {
    const told: Words = typeof words === "string" ? [words, words] : words;
    const id = this.#next++;
    const others = this.list.filter((toast) => !isSame(toast.words, told));
    this.list = [...others, { id, kind, words: told }].slice(-MOST);
    setTimeout(() => this.close(id), SHOWN_MS[kind]);
  }

  /** An error in the page's language; a job that was cancelled is none. */
  fail(error: unknown): void {
    if (error instanceof JobError && error.isCancelled) return this.say(words.cancelled);
    const { en, zh, message } = error as Partial<{ en: string; zh: string; message: string }>;
    if (en && zh) return this.say({ en, zh }, "error");
    const why = message ?? String(error);
    this.say([words.unknown[0].replace("{why}", why), words.unknown[1].replace("{why}", why)], "error");
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

const isSame = (a: Words, b: Words): boolean => JSON.stringify(a) === JSON.stringify(b);

export const toasts = new Toasts();
