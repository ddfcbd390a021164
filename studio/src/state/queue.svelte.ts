/** Changes of a project on their way to the server: one at a time, in order, none lost.

A change that could not be sent waits and is tried again; one that met a newer revision is sent once more on
top of it. Edits that wait are kept in the browser, so that a reload does not lose them.
*/
import { OfflineError, ReplyError } from "../lib/api";
import type { Op, ProjectView, ScoreView } from "../lib/types";

export type Saved = "saved" | "saving" | "offline";

export interface Change {
  /** Sends it against a revision; the project as it is then. */
  readonly send: (revision: number) => Promise<ProjectView>;
  /** What the page shows of it until then. */
  readonly show?: (score: ScoreView) => ScoreView;
  /** What a reload needs to send it again. */
  readonly kept?: { readonly ops: readonly Op[]; readonly note: string };
}

interface Waiting extends Change {
  readonly settle: (done: boolean) => void;
}

export interface Hooks {
  /** The project as the server has it, and the score with what still waits. */
  readonly put: (project: ProjectView, shown: ScoreView) => void;
  readonly project: () => ProjectView | null;
  readonly reload: (id: string) => Promise<ProjectView>;
  /** A change was refused. */
  readonly refuse: (error: unknown, isStale: boolean) => void;
  readonly cameBack: () => void;
}

const LEAST_MS = 500;
const MOST_MS = 3000;

export class Queue {
  saved = $state<Saved>("saved");
  #waiting: Waiting[] = [];
  #isRunning = false;
  /** The project as the server has it. */
  #true: ProjectView | null = null;
  /** Counts projects opened: an answer for an older one is dropped. */
  #epoch = 0;

  constructor(readonly hooks: Hooks) {}

  /** Begin with a project; nothing waits. */
  open(project: ProjectView | null): void {
    for (const change of this.#waiting) change.settle(false);
    this.#waiting = [];
    this.#epoch++;
    this.#isRunning = false;
    this.#true = project;
    this.saved = "saved";
  }

  /** Take a newer view of the project, e.g. of a job that has ended. */
  take(project: ProjectView): void {
    if (this.#true && (project.id !== this.#true.id || project.revision < this.#true.revision)) return;
    this.#true = project;
    this.#show();
  }

  /** Put a change at the end; true once the server has it. */
  push(change: Change): Promise<boolean> {
    return new Promise((settle) => {
      this.#waiting.push({ ...change, settle });
      this.#show();
      this.#keep();
      void this.#run();
    });
  }

  /** Edits of an earlier visit that never reached the server. */
  static kept(id: string): { ops: Op[]; note: string }[] {
    try {
      return JSON.parse(localStorage.getItem(nameOf(id)) ?? "[]") as { ops: Op[]; note: string }[];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  }

  #keep(): void {
    const id = this.#true?.id;
    if (!id) return;
    const kept = this.#waiting.flatMap((change) => change.kept ?? []);
    if (kept.length > 0) localStorage.setItem(nameOf(id), JSON.stringify(kept));
    else localStorage.removeItem(nameOf(id));
  }

  #show(): void {
    if (!this.#true) return;
    const shown = this.#waiting.reduce((score, change) => change.show?.(score) ?? score, this.#true.score);
    this.hooks.put(this.#true, shown);
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const epoch = this.#epoch;
    let wait = LEAST_MS;
    let hasReloaded = false;
    while (this.#epoch === epoch && this.#true && this.#waiting[0]) {
      const change = this.#waiting[0];
      const revision = this.#true.revision;
      if (this.saved !== "offline") this.saved = "saving";
      try {
        const project = await change.send(revision);
        if (this.#epoch !== epoch) return;
        if (this.saved === "offline") this.hooks.cameBack();
        [wait, hasReloaded] = [LEAST_MS, false];
        this.saved = "saving";
        this.#true = project;
        this.#drop(true);
      } catch (error) {
        if (this.#epoch !== epoch) return;
        if (isPassing(error)) {
          this.saved = "offline";
          await pause(retryMs(error) ?? wait);
          wait = Math.min(MOST_MS, wait * 2);
          continue;
        }
        const isStale = await this.#isStale(error, revision);
        if (this.#epoch !== epoch) return;
        if (isStale && !hasReloaded) {
          hasReloaded = true;
          this.#show();
          continue;
        }
        hasReloaded = false;
        this.#drop(false);
        this.hooks.refuse(error, isStale);
      }
    }
    if (this.#epoch === epoch) {
      this.#isRunning = false;
      this.saved = "saved";
    }
  }

  #drop(done: boolean): void {
    const change = this.#waiting.shift();
    this.#keep();
    this.#show();
    change?.settle(done);
  }

  /** Whether a refusal came because the project is newer on the server; then it is fetched. */
  async #isStale(error: unknown, revision: number): Promise<boolean> {
    if (!(error instanceof ReplyError) || error.status !== 409 || !this.#true) return false;
    try {
      const now = await this.hooks.reload(this.#true.id);
      const isNewer = now.revision !== revision;
      this.#true = now;
      return isNewer;
    } catch (failure) {
      if (failure instanceof OfflineError || failure instanceof ReplyError) return false;
      throw failure;
    }
  }
}

const nameOf = (id: string): string => `motet.waiting.${id}`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether trying again later may help. */
export function isPassing(error: unknown): boolean {
  return error instanceof OfflineError || (error instanceof ReplyError && (error.status >= 502 || error.status === 429));
}

export function retryMs(error: unknown): number | null {
  return error instanceof ReplyError && error.retryAfterS !== null ? Math.min(10, error.retryAfterS) * 1000 : null;
}
