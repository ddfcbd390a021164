/** Scores of other versions, fetched once; those of proposals and steps never change. */
import { api } from "../lib/api";
import type { ScoreView } from "../lib/types";

const MOST_KEPT = 24;

export class Versions {
  #kept = new Map<string, Promise<ScoreView>>();

  scoreOf(project: string, version: string): Promise<ScoreView> {
    const name = `${project} ${version}`;
    const kept = this.#kept.get(name);
    if (kept) return kept;
    const asked = api.get<ScoreView>("/api/projects/{project_id}/score", { path: { project_id: project }, query: { version } });
    this.#kept.set(name, asked);
    asked.catch(() => this.#kept.delete(name));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return asked;
  }
}
