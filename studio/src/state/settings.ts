/** Settings of the page that are kept with a project: sent once they rest. */
import { api } from "../lib/api";

const REST_MS = 800;

export class Settings {
  #timer = 0;
  #last: { readonly id: string; readonly view: Readonly<Record<string, unknown>> } | null = null;

  keep(id: string, view: Readonly<Record<string, unknown>>): void {
    this.#last = { id, view };
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.flush(), REST_MS);
  }

  /** Send what waits. A setting that cannot be sent is no loss: it stays as it is on the page. */
  flush(): void {
    clearTimeout(this.#timer);
    const last = this.#last;
    this.#last = null;
    if (!last) return;
    const request = { path: { project_id: last.id }, body: { view: last.view } };
    api.patch("/api/projects/{project_id}", request).catch(() => undefined);
  }
}
