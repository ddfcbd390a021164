/** Keys of the page: one registry, so that the help can list them and typing never triggers them.

Conventions: a combo is "Space", "Ctrl+Z", "Ctrl+Shift+Z", "Delete", "A", "?", "ArrowLeft"; Ctrl is Command
on a Mac. The function registered last is asked first; one that returns false passes the key on.
*/
import type { Pair } from "../i18n.svelte";

interface Binding {
  readonly combo: string;
  readonly words: Pair;
}

interface Entry extends Binding {
  readonly run: (event: KeyboardEvent) => unknown;
}

const entries: Entry[] = [];
const TEXT_TYPES = new Set(["text", "search", "number", "email", "url", "password", "tel", "date", "time"]);

/** Call a function on a key; returns what takes it back. */
export function onKey(combo: string, run: (event: KeyboardEvent) => unknown, words: Pair): () => void {
  const entry: Entry = { combo: normal(combo), run, words };
  entries.push(entry);
  return () => {
    const at = entries.indexOf(entry);
    if (at >= 0) entries.splice(at, 1);
  };
}

/** What can be pressed now: each meaning with its combos. */
export function bindings(): { combos: string[]; words: Pair }[] {
  const live = new Map<string, Binding>();
  for (const { combo, words } of entries) live.set(combo, { combo, words });
  const found = new Map<string, { combos: string[]; words: Pair }>();
  for (const { combo, words } of live.values()) {
    const same = found.get(words[0]);
    if (same) same.combos.push(combo);
    else found.set(words[0], { combos: [combo], words });
  }
  return [...found.values()];
}

function normal(combo: string): string {
  const names = combo.split("+").map((name) => name.trim());
  const key = combo.endsWith("+") ? "+" : (names.pop() ?? "");
  const held = ["Ctrl", "Alt", "Shift"].filter((name) => names.includes(name));
  return [...held, key.length === 1 ? key.toUpperCase() : key].join("+");
}

/** The combo of a key press. */
export function comboOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const isLetter = /^[A-Z]$/.test(key) || event.key.length > 1 || key === "Space";
  const held = [
    event.ctrlKey || event.metaKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    // Shift makes "?" of "/": only keys that have no other sign say it.
    event.shiftKey && isLetter ? "Shift" : "",
  ].filter(Boolean);
  return [...held, key].join("+");
}

/** Whether keys belong to the element: one types in it, or it moves by arrows. */
function isTyping(target: EventTarget | null, combo: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) {
    if (TEXT_TYPES.has(target.type)) return true;
    return target.type === "range" ? /Arrow|Home|End|Page/.test(combo) : combo === "Space";
  }
  return false;
}

let isByPointer = false;

/** Whether the element itself answers Space and Enter: a button that was reached with Tab. */
function isPressed(target: EventTarget | null, combo: string): boolean {
  if (combo !== "Space" && combo !== "Enter") return false;
  if (!(target instanceof HTMLElement) || (isByPointer && combo === "Space")) return false;
  return target.closest("button, a[href], summary, [role=tab], [role=menuitem], [role=option], [role=switch]") !== null;
}

export function pressed(event: KeyboardEvent): void {
  if (event.key === "Tab") isByPointer = false;
  if (event.defaultPrevented || event.isComposing) return;
  const combo = comboOf(event);
  if (isTyping(event.target, combo) || isPressed(event.target, combo)) return;
  if (document.querySelector("dialog[open]") && combo !== "Escape") return;
  for (const entry of [...entries].reverse()) {
    if (entry.combo === combo && entry.run(event) !== false) {
      event.preventDefault();
      return;
    }
  }
}

/** Begin to listen; returns what ends it. */
export function listen(): () => void {
  const point = (): void => void (isByPointer = true);
  window.addEventListener("keydown", pressed);
  window.addEventListener("pointerdown", point, true);
  return () => {
    window.removeEventListener("keydown", pressed);
    window.removeEventListener("pointerdown", point, true);
  };
}
