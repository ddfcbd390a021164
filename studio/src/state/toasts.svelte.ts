/** Short messages at the edge of the page. */
import type { Words } from "../i18n.svelte";

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

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

const isSame = (a: Words, b: Words): boolean => JSON.stringify(a) === JSON.stringify(b);

export const toasts = new Toasts();
