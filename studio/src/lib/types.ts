/** The shapes of the API by the names that the page uses. */
import type { Told } from "../i18n.svelte";

/** onset_tick, duration_tick, pitch, velocity */
export type NoteRow = readonly [onset: number, duration: number, pitch: number, velocity: number];

export interface PartView {
  readonly index: number;
  readonly name: string;
  readonly program: number;
  readonly is_drums: boolean;
  readonly role: string;
  readonly volume: number;
  readonly pan: number;
  readonly channel: number;
  readonly notes: readonly NoteRow[];
}

export interface BarView {
  readonly index: number;
  readonly number: number;
  readonly start_tick: number;
  readonly end_tick: number;
  readonly metre: string;
  readonly qn: number;
}

export interface ScoreView {
  readonly resolution: number;
  readonly end_tick: number;
  readonly title: string;
  readonly qpm: number;
  readonly key: { readonly tonic: string; readonly mode: string; readonly fifths: number; readonly name: string };
  readonly parts: readonly PartView[];
  readonly bars: readonly BarView[];
  readonly chords: readonly { readonly tick: number; readonly symbol: string; readonly roman: string }[];
  readonly sections: readonly { readonly bar: number; readonly n_bars: number; readonly label: string }[];
  readonly tempos: readonly { readonly tick: number; readonly qpm: number }[];
  readonly metres: readonly { readonly bar: number; readonly metre: string }[];
  readonly keys: readonly { readonly tick: number; readonly name: string }[];
}

export type Layer = "all" | "rhythm" | "pitch" | "harmony";
export type Cell = readonly [part: number, bar: number];

export interface LockView {
  readonly where: string;
  readonly layer: Layer;
  readonly cells: readonly Cell[];
}

export interface NodeView extends Told {
  readonly id: string;
  readonly parent: string | null;
  readonly task: string;
  readonly time: string;
  readonly note: string;
  readonly cells: readonly string[];
  /** A letter of who wrote what is new. */
  readonly who: string;
}

export interface CandidateView {
  readonly n: number;
  readonly total: number;
  readonly is_met: boolean;
  readonly missed: readonly string[];
  readonly remarks: readonly string[];
  readonly cells: readonly Cell[];
  readonly version: string;
  readonly seed: number | null;
}

export interface ProposalView {
  readonly id: string;
  readonly base: string;
  readonly task: string;
  readonly state: "open" | "accepted" | "discarded";
  readonly options: Readonly<Record<string, unknown>>;
  readonly candidates: readonly CandidateView[];
}

export interface ProjectView {
  readonly id: string;
  readonly title: string;
  readonly revision: number;
  readonly updated: string;
  readonly current: string;
  readonly branch: string;
  readonly branches: Readonly<Record<string, string>>;
  readonly nodes: readonly NodeView[];
  readonly can_undo: boolean;
  readonly can_redo: boolean;
  readonly locks: readonly LockView[];
  readonly proposals: readonly ProposalView[];
  readonly score: ScoreView;
  readonly writers: readonly string[];
  readonly brief: Readonly<Record<string, unknown>> | null;
  readonly view: Readonly<Record<string, unknown>>;
}

export interface ProjectRow {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly n_bars: number;
  readonly n_parts: number;
  readonly style: string;
  readonly revision: number;
  /** For up to four parts the notes as (place 0 to 63, pitch). */
  readonly thumbnail: readonly (readonly (readonly [place: number, pitch: number])[])[];
}

export type JobState = "queued" | "running" | "done" | "failed" | "cancelled";

export interface ApiError extends Told {
  readonly kind: string;
  readonly place?: string;
}

export interface JobView {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly progress: number;
  readonly label: Told;
  readonly project_id: string | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: ApiError | null;
  readonly created: string | number;
  readonly position: number;
}

/** An event of a job's socket; `bars` events carry what of the score stands so far. */
export interface JobEvent extends Partial<Omit<JobView, "kind">> {
  readonly seq: number;
  readonly kind: "state" | "progress" | "bars" | "done";
  readonly bars?: readonly number[];
  readonly score?: ScoreView;
}

export type Op =
  | { op: "set_notes"; part: number; start_bar?: number; end_bar?: number; notes: readonly NoteRow[] }
  | { op: "set_chord"; tick: number; symbol: string }
  | { op: "set_section"; bar: number; label: string; n_bars?: number }
  | { op: "set_tempo"; tick: number; qpm: number }
  | { op: "set_metre"; bar: number; metre: string }
  | { op: "set_key"; key: string }
  | { op: "set_part"; part: number; name?: string; program?: number; volume?: number; pan?: number; role?: string }
  | { op: "add_part"; name: string; program: number; is_drums: boolean; at?: number }
  | { op: "remove_part"; part: number }
  | { op: "move_part"; part: number; to: number }
  | { op: "insert_bars"; at: number; n: number }
  | { op: "remove_bars"; start: number; end: number }
  | { op: "duplicate_bars"; start: number; end: number; at?: number }
  | {
      op: "copy_cells";
      from: { part: number; start_bar: number; end_bar: number };
      to: { part: number; bar: number };
    }
  | { op: "clear_cells"; parts: readonly number[]; start_bar: number; end_bar: number }
  | { op: "transpose"; shift_semi: number; parts?: readonly number[]; start_bar?: number; end_bar?: number }
  | {
      op: "quantise";
      grid_qn: number;
      strength: number;
      parts?: readonly number[];
      start_bar?: number;
      end_bar?: number;
    };

export interface Feel {
  energy?: number;
  brightness?: number;
  tension?: number;
  density?: number;
  surprise?: number;
}

export interface ProposalRequest {
  task: string;
  n?: number;
  bars?: string;
  parts?: readonly string[];
  seed?: number;
  options?: Readonly<Record<string, unknown>>;
  feel?: Feel;
  emotion?: unknown;
}

export interface Named extends Told {
  readonly name: string;
}

export interface StyleRow extends Named {
  readonly metre: string;
  readonly qpm: number;
  readonly group: string;
  readonly parts: readonly Told[];
}

export interface MoodRow extends Named {
  readonly valence: number;
  readonly arousal: number;
}

export interface OptionRow extends Told {
  readonly name: string;
  readonly kind: "choice" | "choices" | "number" | "whole" | "flag" | "text" | "style" | "ensemble" | "instrument" | "part";
  readonly says: Told;
  readonly choices: readonly (Told & { readonly value: string })[];
  readonly low: number | null;
  readonly high: number | null;
  readonly step: number | null;
  readonly default: unknown;
}

export interface TaskRow extends Named {
  readonly adds: boolean;
  readonly says: Told;
  readonly options: readonly OptionRow[];
}

export interface Meta {
  readonly version: string;
  readonly styles: readonly StyleRow[];
  readonly moods: readonly MoodRow[];
  readonly roles: readonly Named[];
  readonly families: readonly (Named & { readonly programs: readonly number[] })[];
  readonly instruments: readonly (Named & { readonly program: number; readonly family: string })[];
  readonly drum_kits: readonly (Named & { readonly program: number })[];
  readonly drum_keys: readonly (Told & { readonly pitch: number })[];
  readonly ensembles: readonly (Named & { readonly n_players: number })[];
  readonly tasks: readonly TaskRow[];
  readonly feels: readonly Named[];
  readonly articulations: readonly Named[];
  readonly layers: readonly Named[];
  readonly bundles: readonly string[];
  readonly limits: {
    readonly score_bytes: number;
    readonly sound_bytes: number;
    readonly hum_s: number;
    readonly n_candidates: number;
    readonly n_bars: number;
  };
}

export interface FoundRow extends Told {
  readonly field: string;
  readonly value: unknown;
  readonly words: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly told: Told;
}

export interface Understood {
  readonly text: string;
  readonly language: string;
  readonly brief: Readonly<Record<string, unknown>>;
  readonly full: Readonly<Record<string, unknown>>;
  readonly found: readonly FoundRow[];
  readonly assumed: readonly (Told & { readonly field?: string; readonly value?: unknown })[];
  readonly contradictions: readonly Told[];
  readonly remarks: readonly Told[];
  readonly unused: readonly string[];
}
