/** The language of the page and the words in it. Every text is a pair: English, Chinese. */

export type Language = "en" | "zh";
export type Pair = readonly [en: string, zh: string];
export interface Told {
  readonly en: string;
  readonly zh: string;
}
export type Words = Pair | Told;
export type Values = Readonly<Record<string, string | number>>;

class Tongue {
  #language = $state<Language>(first());

  get language(): Language {
    return this.#language;
  }

  set language(value: Language) {
    this.#language = value;
    document.documentElement.lang = value === "zh" ? "zh-CN" : "en";
    keep("motet.language", value);
  }
}

/** The language kept from last time, else the browser's. */
function first(): Language {
  const kept = typeof localStorage === "undefined" ? null : localStorage.getItem("motet.language");
  if (kept === "en" || kept === "zh") return kept;
  return typeof navigator !== "undefined" && navigator.language.startsWith("zh") ? "zh" : "en";
}

function keep(name: string, value: string): void {
  if (typeof localStorage !== "undefined") localStorage.setItem(name, value);
}

export const tongue = new Tongue();

/** The words of the page's language; `{name}` in them is replaced by the value of that name. */
export function t(words: Words, values?: Values): string {
  const text = isPair(words) ? words[tongue.language === "zh" ? 1 : 0] : words[tongue.language];
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function isPair(words: Words): words is Pair {
  return Array.isArray(words);
}
