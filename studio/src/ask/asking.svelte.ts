/** What is to be asked for: the task, the sliders, its options; and asking for it. */
import { t, type Pair } from "../i18n.svelte";
import { emotionCurve } from "../grid/emotion";
import { api } from "../lib/api";
import type { Feel, OptionRow, ProposalRequest, TaskRow } from "../lib/types";
import { studio } from "../state/studio.svelte";
import { lockedCount, spansOf, usualOptions, type Slider, SLIDERS } from "./request";
import { words } from "./words";

interface Moves {
  readonly feel: Readonly<Record<string, number>>;
}
type TaskWithSliders = TaskRow & { readonly sliders?: readonly string[] };

const USUAL_N = 4;

class Asking {
  task = $state("infill");
  feel = $state<Record<Slider, number>>({ energy: 0, brightness: 0, tension: 0, density: 0, surprise: 0 });
  options = $state<Record<string, Record<string, unknown>>>({});
  n = $state(USUAL_N);
  seed = $state(0);
  followsCurve = $state(true);
  sentence = $state("");
  said = $state<Pair | null>(null);
  isReading = $state(false);
  /** The last request, for more like it. */
  last: ProposalRequest | null = null;

  get row(): TaskWithSliders | null {
    return studio.meta?.tasks.find((one) => one.name === this.task) ?? null;
  }

  /** Sliders that have a say in the task. */
  get sliders(): readonly Slider[] {
    const able = this.row?.sliders;
    return able ? SLIDERS.filter((name) => able.includes(name)) : SLIDERS;
  }

  get isMoved(): boolean {
    return this.sliders.some((name) => this.feel[name] !== 0);
  }

  /** The emotion curve drawn over the bars, where there is one. */
  get curve(): unknown {
    return emotionCurve() ?? null;
  }

  value(option: OptionRow): unknown {
    return this.options[this.task]?.[option.name] ?? option.default;
  }

  put(option: OptionRow, value: unknown): void {
    this.options = { ...this.options, [this.task]: { ...this.options[this.task], [option.name]: value } };
  }

  reset(): void {
    for (const name of SLIDERS) this.feel[name] = 0;
    this.said = null;
  }

  /** What is selected, as bars by number and parts by name; nothing is everything. */
  get where(): { bars?: string; parts?: string[]; nCells: number; nLocked: number } {
    const score = studio.current;
    const cells = studio.selectedCells();
    if (!score || cells.length === 0) return { nCells: 0, nLocked: 0 };
    const numbers = studio.selectedBars().flatMap((bar) => score.bars[bar]?.number ?? []);
    const parts = studio.selectedParts().flatMap((part) => score.parts[part]?.name ?? []);
    return { bars: spansOf(numbers), parts, nCells: cells.length, nLocked: lockedCount(cells, studio.project?.locks ?? []) };
  }

  /** What is asked of the server. */
  request(task = this.task): ProposalRequest {
    const row = studio.meta?.tasks.find((one) => one.name === task) ?? null;
    const options = usualOptions(row, this.options[task] ?? {});
    const { bars, parts } = this.where;
    const request: ProposalRequest = { task, n: this.n, seed: this.seed };
    if (task === "continue") {
      request.bars = String(options["bars"] ?? 8);
      delete options["bars"];
    } else if (!row?.adds && task !== "restyle" && task !== "arrange" && task !== "reduce" && task !== "harmonise") {
      if (bars !== undefined) request.bars = bars;
      if (parts !== undefined) request.parts = parts;
    }
    const able = (row as TaskWithSliders | null)?.sliders ?? SLIDERS;
    const feel: Feel = {};
    for (const name of SLIDERS) if (able.includes(name) && this.feel[name] !== 0) feel[name] = this.feel[name];
    if (Object.keys(feel).length > 0) request.feel = feel;
    if (Object.keys(options).length > 0) request.options = options;
    if (this.followsCurve && this.curve && (task === "infill" || task === "continue")) request.emotion = this.curve;
    return request;
  }

  /** Ask, and open what comes. */
  async ask(task = this.task): Promise<boolean> {
    this.task = task;
    this.last = this.request(task);
    return studio.propose(this.last);
  }

  /** The same again with another seed, in place of what is open. */
  async again(): Promise<boolean> {
    const request = this.last ?? this.request();
    this.seed += this.n;
    this.last = { ...request, seed: (request.seed ?? 0) + (request.n ?? this.n) };
    await studio.discard();
    return studio.propose(this.last);
  }

  /** Turn a sentence into moves of the sliders. */
  async read(): Promise<void> {
    const text = this.sentence.trim();
    if (!text || this.isReading) return;
    this.isReading = true;
    try {
      const found = await api.post<Moves>("/api/understand", { body: { text, language: studio.language } });
      const names = Object.keys(found.feel).filter((name): name is Slider => (SLIDERS as readonly string[]).includes(name));
      for (const name of names) this.feel[name] = Math.max(-1, Math.min(1, this.feel[name] + (found.feel[name] ?? 0)));
      this.said = names.length > 0 ? told(names) : words.notUnderstood;
      if (names.length > 0) this.sentence = "";
    } catch (error) {
      studio.fail(error);
    } finally {
      this.isReading = false;
    }
  }
}

/** Which sliders moved, in both languages. */
function told(names: readonly Slider[]): Pair {
  const rows = studio.meta as { sliders?: readonly { name: string; en: string; zh: string }[] } | null;
  const find = (name: string) => rows?.sliders?.find((one) => one.name === name);
  const en = names.map((name) => find(name)?.en ?? name).join(", ");
  const zh = names.map((name) => find(name)?.zh ?? name).join("、");
  return [words.moved[0].replace("{what}", en), words.moved[1].replace("{what}", zh)];
}

export const asking = new Asking();

/** What a request is for, in a line. */
export function tellWhere(task: TaskRow | null): string {
  const { bars, parts } = asking.where;
  if (task?.name === "continue") return t(words.afterEnd);
  if (task?.adds) return t(words.newParts);
  if (bars === undefined || parts === undefined) return t(words.on, { what: t(words.everything) });
  const named = parts.length > 2 ? t(words.nParts, { n: parts.length }) : parts.join(t(words.listFrom));
  const what = t(/^\d+$/.test(bars) ? words.cellsOne : words.cells, { parts: named, bars: bars.replaceAll("-", "–") });
  return t(words.on, { what });
}
