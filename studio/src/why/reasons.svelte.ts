/** What was asked about the piece, and what came back; kept while the page is open. */
import { api, JobError } from "../lib/api";
import type { JobView } from "../lib/types";
import { studio } from "../state/studio.svelte";
import type { Likeness, Provenance, Reasons } from "./facts";

interface Scope {
  readonly bars: string | null;
  readonly part: number | null;
}

class Asked<T> {
  result = $state.raw<T | null>(null);
  progress = $state(0);
  job = $state.raw<JobView | null>(null);
  /** Of which project and version the result tells. */
  of = $state("");

  get isBusy(): boolean {
    return this.job !== null;
  }

  /** Ask, follow the job to its end, keep its result. */
  async ask(path: "why" | "originality", wish: Record<string, unknown>): Promise<void> {
    const project = studio.project;
    if (!project || this.job) return;
    const of = stampOf();
    try {
      this.progress = 0;
      this.job = await api.post<JobView>(`/api/projects/{project_id}/${path}`, { path: { project_id: project.id }, body: wish });
      const result = await api.finish<T>(this.job, (view) => (this.progress = view.progress));
      if (studio.project?.id === project.id) [this.result, this.of] = [result, of];
    } catch (error) {
      if (!(error instanceof JobError && error.isCancelled)) studio.fail(error);
    } finally {
      this.job = null;
    }
  }

  async stop(): Promise<void> {
    if (this.job) await api.del("/api/jobs/{job_id}", { path: { job_id: this.job.id } });
  }

  forget(): void {
    this.result = null;
    this.of = "";
  }
}

/** The project and version that the page shows. */
export function stampOf(): string {
  return `${studio.project?.id ?? ""}/${studio.preview ?? studio.project?.current ?? ""}`;
}

class WhyState {
  readonly reasons = new Asked<Reasons>();
  readonly whatIf = new Asked<Reasons>();
  readonly likeness = new Asked<Likeness>();
  provenance = $state.raw<Provenance | null>(null);

  explain(scope: Scope): Promise<void> {
    return this.reasons.ask("why", {
      bars: scope.bars, part: scope.part, version: studio.preview, alternatives: 3, language: studio.language,
    });
  }

  tryOtherwise(control: string, value: string | number): Promise<void> {
    return this.whatIf.ask("why", {
      version: studio.preview, alternatives: 0, model: false, what_if: { [control]: value }, language: studio.language,
    });
  }

  judge(): Promise<void> {
    return this.likeness.ask("originality", { version: studio.preview });
  }

  async readProvenance(): Promise<void> {
    const project = studio.project;
    if (!project) return;
    try {
      this.provenance = await api.get<Provenance>("/api/projects/{project_id}/provenance", {
        path: { project_id: project.id }, query: { version: studio.preview },
      });
    } catch (error) {
      studio.fail(error);
    }
  }

  forget(): void {
    this.reasons.forget();
    this.whatIf.forget();
    this.likeness.forget();
    this.provenance = null;
  }
}

export const why = new WhyState();
