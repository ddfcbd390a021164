/** The engraved pages of one version and layout: fetched one by one as they come near, kept for a while. */

import type { Told } from "../i18n.svelte";
import { api, OfflineError, ReplyError } from "../lib/api";

export type Engraved = "lead" | "full";

interface Sheet {
  readonly pages: readonly string[];
  readonly n_pages: number;
  readonly width_mm: number;
  readonly height_mm: number;
}

/** What is to be shown; `stamp` changes whenever the notes of the version do. */
export interface Wish {
  readonly project: string;
  readonly version: string;
  readonly stamp: string;
  readonly layout: Engraved;
  readonly scale: number;
  readonly language: "en" | "zh";
}

const KEPT_PAGES = 80;
const kept = new Map<string, { svg: string; n: number; ratio: number }>();

function keep(key: string, page: { svg: string; n: number; ratio: number }): void {
  kept.delete(key);
  kept.set(key, page);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_PAGES) break;
    kept.delete(oldest);
  }
}

export class SheetPages {
  /** The pages' pictures; empty text where one has not come yet. */
  pages = $state.raw<readonly string[]>([]);
  /** Height over width of a page. */
  ratio = $state(1.414);
  error = $state.raw<Told | null>(null);
  isLoading = $state(false);
  #key = "";
  #asked = new Set<number>();
  #generation = 0;

  /** Show a version; pages that are on the screen stay there until their new pictures have come. */
  async open(wish: Wish): Promise<void> {
    const key = `${wish.project}|${wish.version}|${wish.stamp}|${wish.layout}|${wish.scale}|${wish.language}`;
    if (key === this.#key && !this.error) return;
    this.#key = key;
    this.#asked.clear();
    const mine = ++this.#generation;
    this.error = null;
    this.isLoading = true;
    try {
      const first = await this.#page(wish, key, 1);
      if (mine !== this.#generation) return;
      this.ratio = first.ratio;
      const pages = Array.from({ length: first.n }, (_, k) => kept.get(`${key}|${k + 1}`)?.svg ?? "");
      pages[0] = first.svg;
      this.pages = pages;
      this.want = (n) => void this.#fetch(wish, key, n, mine);
    } catch (error) {
      if (!(error instanceof ReplyError || error instanceof OfflineError)) throw error;
      if (mine === this.#generation) this.error = error;
    } finally {
      if (mine === this.#generation) this.isLoading = false;
    }
  }

  /** Fetch a page (from 1) unless it is here or on its way. */
  want: (n: number) => void = () => undefined;

  close(): void {
    this.#generation++;
    this.#key = "";
  }

  async #fetch(wish: Wish, key: string, n: number, mine: number): Promise<void> {
    if (n < 1 || n > this.pages.length || this.pages[n - 1] || this.#asked.has(n)) return;
    this.#asked.add(n);
    try {
      const page = await this.#page(wish, key, n);
      if (mine === this.#generation) this.pages = this.pages.map((svg, k) => (k === n - 1 ? page.svg : svg));
    } catch (error) {
      if (!(error instanceof ReplyError || error instanceof OfflineError)) throw error;
      // It is asked for again when it comes near again.
      this.#asked.delete(n);
    }
  }

  async #page(wish: Wish, key: string, n: number) {
    const known = kept.get(`${key}|${n}`);
    if (known) return known;
    const sheet = await ask(wish, n);
    const page = {
      svg: sheet.pages[0] ?? "",
      n: sheet.n_pages,
      ratio: sheet.height_mm / Math.max(1, sheet.width_mm),
    };
    keep(`${key}|${n}`, page);
    return page;
  }
}

async function ask(wish: Wish, page: number): Promise<Sheet> {
  const { project, version, layout, scale, language } = wish;
  return api.get<Sheet>("/api/projects/{project_id}/sheet", {
    path: { project_id: project },
    query: { layout, page, scale, language, ...(version ? { version } : {}) },
  });
}
