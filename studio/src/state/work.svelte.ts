/** The work that goes on: one job that the page shows, and the bars it has finished. */
import { api, JobError } from "../lib/api";
import { withBars } from "../lib/apply";
import type { JobEvent, JobView, NoteRow, ScoreView } from "../lib/types";
import type { Watch } from "../lib/watch";

type Streamed = JobEvent & { bar?: number; parts?: { part: number; notes: NoteRow[] }[] };

export class Work {
  job = $state.raw<JobView | null>(null);
  /** What the job has written so far. */
  draft = $state.raw<ScoreView | null>(null);
  draftBars = $state.raw<ReadonlySet<number>>(new Set());
  #watch: Watch | null = null;

  constructor(readonly base: () => ScoreView | null) {}

  get isBusy(): boolean {
    return this.job !== null && (this.job.state === "queued" || this.job.state === "running");
  }

  /** Look away from the job; it goes on. */
  leave(): void {
    this.#watch?.stop();
    this.#watch = null;
    this.#clear();
  }

  /** Follow a job to its end: its result; throws where there is none. */
  async follow<T>(job: JobView, isShown: boolean): Promise<T> {
    if (isShown) this.leave();
    const watch = api.job(job, (view, event) => {
      if (!isShown) return;
      this.job = view;
      if (event?.kind === "bars") this.#stream(event);
    });
    if (isShown) this.#watch = watch;
    try {
      const end = await watch.end;
      if (end.state !== "done") throw new JobError(end);
      return (end.result ?? {}) as T;
    } finally {
      if (this.#watch === watch) this.#clear();
    }
  }

  async cancel(): Promise<void> {
    if (this.job) await api.del("/api/jobs/{job_id}", { path: { job_id: this.job.id } });
  }

  #clear(): void {
    this.job = this.draft = null;
    this.draftBars = new Set();
  }

  #stream(event: Streamed): void {
    const bars = event.bars ?? (event.bar === undefined ? [] : [event.bar]);
    const base = event.score ?? this.draft ?? this.base();
    if (!base) return;
    this.draft = event.parts ? withBars(base, bars, event.parts) : base;
    this.draftBars = new Set([...this.draftBars, ...bars]);
  }
}
