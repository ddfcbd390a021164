/** What the page knows: the project, what of it is shown and selected, the work that goes on. */
import { tongue, type Language, type Told, type Words } from "../i18n.svelte";
import { api, ReplyError, type Route } from "../lib/api";
import { applyOps } from "../lib/apply";
import type { ChordNames } from "../lib/theory";
import type {
  Cell, JobView, Layer, Meta, NodeView, Op, ProjectView, ProposalRequest, ProposalView, ScoreView,
} from "../lib/types";
import { addressed, keepPlace, readPlace, setAddress } from "./place";
import { fetchMeta } from "./meta";
import { Queue, type Change } from "./queue.svelte";
import { cellsOf, sorted, type Selection } from "./selection";
import { Settings } from "./settings";
import { Theme } from "./theme.svelte";
import { toasts, type ToastKind } from "./toasts.svelte";
import { Versions } from "./versions";
import { words } from "./words";
import { Work } from "./work.svelte";

type Brief = Readonly<Record<string, unknown>>;
export type Mode = "grid" | "roll" | "score";
export type Panel = "ask" | "why" | "history" | "export";

/** Changes of a project, by the ends of their addresses. */
type Step =
  | "edits" | "undo" | "redo" | "go" | "branches" | "locks"
  | "proposals/{proposal}/accept" | "proposals/{proposal}/discard";

interface Proposed {
  readonly proposal: string;
  readonly remarks?: readonly Told[];
}

const MODES: readonly string[] = ["grid", "roll", "score"];
const PANELS: readonly string[] = ["ask", "why", "history", "export"];

class Studio {
  project = $state.raw<ProjectView | null>(null);
  /** The project's own score, with edits that are on their way. */
  current = $state.raw<ScoreView | null>(null);
  preview = $state<string | null>(null);
  #previewScore = $state.raw<ScoreView | null>(null);
  #work = new Work(() => this.current);
  score = $derived<ScoreView | null>(this.preview !== null ? (this.#previewScore ?? this.current) : (this.draft ?? this.current));

  selection = $state<Selection>({ cells: new Set(), notes: new Set() });
  focusPart = $state(0);
  mode = $state<Mode>("grid");
  panel = $state<Panel>("ask");
  /** On a phone the panel lies over the page; elsewhere it stands beside it. */
  isPanelOpen = $state(false);
  isPhone = $state(false);
  /** The proposal whose candidates are open. */
  proposal = $state<string | null>(null);
  meta = $state.raw<Meta | null>(null);
  isOpening = $state(false);
  scale = $state<string | null>(null);
  chordNames = $state<ChordNames>("letters");
  view = $state.raw<Readonly<Record<string, unknown>>>({});
  theme = new Theme();

  #settings = new Settings();
  #versions = new Versions();
  #queue = new Queue({
    put: (project, shown) => this.#put(project, shown),
    project: () => this.project,
    reload: (id) => this.#fetch(id),
    refuse: (error, isStale) => (isStale ? this.tell(words.changedElsewhere, "error") : this.fail(error)),
    cameBack: () => this.tell(words.back, "ok"),
  });

  get saved() { return this.#queue.saved; }
  get language(): Language { return tongue.language; }
  set language(value: Language) {
    tongue.language = value;
  }
  get error(): Words | null {
    return toasts.list.findLast((toast) => toast.kind === "error")?.words ?? null;
  }
  /** The proposal that is open. */
  get openProposal(): ProposalView | null {
    return this.project?.proposals.find((one) => one.id === this.proposal) ?? null;
  }
  get job(): JobView | null { return this.#work.job; }
  get isBusy(): boolean { return this.#work.isBusy; }
  /** What a running job has written so far. */
  get draft(): ScoreView | null { return this.#work.draft; }
  get draftBars(): ReadonlySet<number> { return this.#work.draftBars; }

  tell(message: Words | string, kind: ToastKind = "info"): void {
    toasts.say(message, kind);
  }

  /** Show an error in the page's language. */
  fail(error: unknown): void {
    toasts.fail(error);
  }

  // Beginning and opening.

  /** Begin: the menus, and the project that the address names. */
  async begin(): Promise<void> {
    void this.loadMeta();
    const id = addressed();
    if (id) await this.openProject(id, { isNew: false });
  }

  async loadMeta(): Promise<void> {
    try {
      this.meta ??= await fetchMeta();
    } catch (error) {
      this.fail(error);
    }
  }

  async openProject(id: string, { isNew = true } = {}): Promise<boolean> {
    this.isOpening = true;
    try {
      this.#enter(await this.#fetch(id), isNew);
    } catch (error) {
      setAddress(null, { isNew: false });
      this.#leave();
      if (error instanceof ReplyError && error.status === 404) this.tell(words.gone, "error");
      else this.fail(error);
      return false;
    } finally {
      this.isOpening = false;
    }
    for (const { ops, note } of Queue.kept(id)) void this.edit(ops, note);
    void this.#resume(id);
    return true;
  }

  /** Back to the start screen. */
  close(): void {
    setAddress(null);
    this.#leave();
  }

  /** Follow the address: the browser's own back and forward. */
  async followAddress(): Promise<void> {
    const id = addressed();
    if (!id) this.#leave();
    else if (id !== this.project?.id) await this.openProject(id, { isNew: false });
  }

  #fetch(id: string): Promise<ProjectView> {
    return api.get<ProjectView>("/api/projects/{project_id}", { path: { project_id: id } });
  }

  #enter(project: ProjectView, isNew: boolean): void {
    this.#leave();
    const place = readPlace(project.id);
    this.mode = MODES.includes(place.mode ?? "") ? (place.mode as Mode) : "grid";
    this.panel = PANELS.includes(place.panel ?? "") ? (place.panel as Panel) : "ask";
    this.focusPart = Math.min(place.focusPart ?? 0, Math.max(0, project.score.parts.length - 1));
    this.chordNames = (place.chordNames as ChordNames | undefined) ?? "letters";
    this.scale = place.scale ?? null;
    this.view = project.view;
    this.#queue.open(project);
    this.#put(project, project.score);
    this.proposal = project.proposals.findLast((one) => one.state === "open")?.id ?? null;
    setAddress(project.id, { isNew });
  }

  #leave(): void {
    this.#settings.flush();
    this.#work.leave();
    this.#queue.open(null);
    this.project = this.current = this.#previewScore = null;
    this.preview = this.proposal = null;
    this.selection = { cells: new Set(), notes: new Set() };
    this.isPanelOpen = false;
  }

  #put(project: ProjectView, shown: ScoreView): void {
    this.project = project;
    this.current = shown;
  }

  // Music.

  /** Write a piece from words, a brief, or both (the brief's fields come first); true once it is open. */
  async compose(wish: string | Brief, more: { brief?: Brief; title?: string; seed?: number } = {}): Promise<boolean> {
    const what = typeof wish === "string" ? { text: wish } : { brief: wish };
    return this.make("/api/compose", { ...what, ...more, language: this.language });
  }

  /** Work that makes a project, opened when it is done. */
  async make(route: Route<"post">, body: unknown): Promise<boolean> {
    const result = await this.work<{ project_id: string; repairs?: Told[]; remarks?: Told[] }>(route, body);
    if (!result || !(await this.openProject(result.project_id))) return false;
    for (const remark of [...(result.repairs ?? []), ...(result.remarks ?? [])].slice(0, 2)) this.tell(remark);
    return true;
  }

  /** Ask for work, follow it as `job` and return its result; null if it failed (which is told). */
  async work<T>(route: Route<"post">, body: unknown, { path = {}, isShown = true } = {}): Promise<T | null> {
    try {
      const job = await api.post<JobView>(route, { path, body });
      return await this.follow<T>(job, isShown);
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  /** Follow a job that was asked for; bars it has finished are shown. */
  follow<T>(job: JobView, isShown = true): Promise<T | null> {
    return this.#work.follow<T>(job, isShown);
  }

  async cancelJob(): Promise<void> {
    try {
      await this.#work.cancel();
    } catch (error) {
      this.fail(error);
    }
  }

  /** After a reload: go on following what is being written for this project. */
  async #resume(id: string): Promise<void> {
    try {
      const jobs = await api.get<JobView[]>("/api/jobs", { query: { project_id: id } });
      const job = jobs.findLast((one) => one.kind === "propose" && (one.state === "running" || one.state === "queued"));
      if (job && this.project?.id === id) await this.#finishProposal(id, await this.follow(job));
    } catch (error) {
      this.fail(error);
    }
  }

  // Changes.

  /** Change the score; shown at once where the outcome is plain. One call is one step of undo. */
  edit(ops: readonly Op[], note = ""): Promise<boolean> {
    return this.#change({
      send: (revision) => this.#post("edits", { revision, ops, note }),
      show: (score) => applyOps(score, ops),
      kept: { ops, note },
    });
  }

  undo(): Promise<boolean> {
    return this.project?.can_undo || this.saved !== "saved" ? this.#change({ send: () => this.#post("undo") }) : Promise.resolve(false);
  }

  redo(): Promise<boolean> {
    return this.project?.can_redo || this.saved !== "saved" ? this.#change({ send: () => this.#post("redo") }) : Promise.resolve(false);
  }

  go(node: NodeView["id"]): Promise<boolean> {
    return this.#change({ send: () => this.#post("go", { node }) });
  }

  nameBranch(name: string): Promise<boolean> {
    return this.#change({ send: () => this.#post("branches", { name }) });
  }

  rename(title: string): Promise<boolean> {
    return this.#change({
      send: () => api.patch<ProjectView>("/api/projects/{project_id}", { path: this.#path(), body: { title } }),
    });
  }

  lock(cells: readonly string[] | "", layer: Layer, locked: boolean): Promise<boolean> {
    return this.#change({ send: () => this.#post("locks", { cells: cells === "" ? [] : cells, layer, locked }) });
  }

  /** Let the assistant propose; its candidates are open afterwards. */
  async propose(request: ProposalRequest): Promise<boolean> {
    const id = this.project?.id;
    if (!id || this.isBusy) return false;
    await this.showVersion(null);
    const result = await this.work<Proposed>("/api/projects/{project_id}/proposals", { language: this.language, ...request }, {
      path: { project_id: id },
    });
    return this.#finishProposal(id, result);
  }

  async #finishProposal(id: string, result: Proposed | null): Promise<boolean> {
    if (!result || this.project?.id !== id) return false;
    this.#queue.take(await this.#fetch(id));
    this.proposal = result.proposal;
    for (const remark of (result.remarks ?? []).slice(0, 2)) this.tell(remark);
    this.panel = "ask";
    if (this.isPhone) this.isPanelOpen = true;
    return true;
  }

  async accept(candidate: number, bars?: string, parts?: readonly string[]): Promise<boolean> {
    const pid = this.proposal;
    if (!pid) return false;
    const body = { candidate, ...(bars === undefined ? {} : { bars }), ...(parts === undefined ? {} : { parts }) };
    const isDone = await this.#change({ send: () => this.#post("proposals/{proposal}/accept", body, pid) });
    if (isDone) await this.#endProposal(pid);
    return isDone;
  }

  async discard(): Promise<boolean> {
    const pid = this.proposal;
    if (!pid) return false;
    await this.showVersion(null);
    const isDone = await this.#change({ send: () => this.#post("proposals/{proposal}/discard", undefined, pid) });
    if (isDone) await this.#endProposal(pid);
    return isDone;
  }

  async #endProposal(pid: string): Promise<void> {
    if (this.proposal === pid) this.proposal = null;
    await this.showVersion(null);
  }

  #change(change: Change): Promise<boolean> {
    return this.project ? this.#queue.push(change) : Promise.resolve(false);
  }

  #path(): { project_id: string } {
    return { project_id: this.project?.id ?? "" };
  }

  #post(what: Step, body?: unknown, proposal = ""): Promise<ProjectView> {
    const path = { ...this.#path(), proposal };
    return api.post<ProjectView>(`/api/projects/{project_id}/${what}`, { path, ...(body === undefined ? {} : { body }) });
  }

  // Looking.

  /** Show another version ("p3.2", a node, a branch), or with null the piece as it is. */
  async showVersion(version: string | null): Promise<void> {
    this.preview = version;
    if (version === null) {
      this.#previewScore = null;
      return;
    }
    try {
      const score = await this.scoreOf(version);
      if (this.preview === version) this.#previewScore = score;
    } catch (error) {
      if (this.preview === version) this.preview = null;
      this.fail(error);
    }
  }

  /** The score of a version; fetched once. */
  scoreOf(version: string): Promise<ScoreView> {
    return this.#versions.scoreOf(this.project?.id ?? "", version);
  }

  selectedCells(): Cell[] {
    return cellsOf(this.selection);
  }

  /** Parts with a selected cell, in order. */
  selectedParts(): number[] {
    return sorted(this.selectedCells().map(([part]) => part));
  }

  /** Bars with a selected cell, in order. */
  selectedBars(): number[] {
    return sorted(this.selectedCells().map(([, bar]) => bar));
  }

  openCell(part: number, bar: number): void {
    this.focusPart = part;
    this.selection.cells = new Set([`${part}:${bar}`]);
    this.mode = "roll";
  }

  openPanel(panel: Panel): void {
    this.panel = panel;
    this.isPanelOpen = true;
  }

  // Settings.

  /** Keep a setting of the page with the project; sent a little later. */
  setView(name: string, value: unknown): void {
    this.view = { ...this.view, [name]: value };
    if (this.project) this.#settings.keep(this.project.id, this.view);
  }

  /** Keep where the page is, for a reload. */
  keepPlace(tick?: number): void {
    const { project, mode, panel, focusPart, chordNames, scale } = this;
    if (project) keepPlace(project.id, { mode, panel, focusPart, chordNames, scale, ...(tick === undefined ? {} : { tick }) });
  }

  keptTick(): number {
    return this.project ? (readPlace(this.project.id).tick ?? 0) : 0;
  }
}

export const studio = new Studio();
