/** Requests to the server: typed by its description, errors as values with both languages. */
import type { Told } from "../i18n.svelte";
import type { paths } from "./schema";
import type { ApiError, JobEvent, JobView } from "./types";
import { watchJob, type Watch } from "./watch";

type Method = "get" | "post" | "put" | "patch" | "delete";
/** Addresses that the server describes for a method. */
export type Route<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Options {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Query;
  /** Sent as JSON, unless it is bytes. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** The server said no. */
export class ReplyError extends Error implements Told {
  readonly en: string;
  readonly zh: string;

  constructor(
    readonly status: number,
    readonly reply: ApiError,
    readonly retryAfterS: number | null = null,
  ) {
    super(reply.en);
    this.en = reply.en;
    this.zh = reply.zh;
  }

  get kind(): string {
    return this.reply.kind;
  }
}

/** The server could not be reached. */
export class OfflineError extends Error implements Told {
  readonly en = "The studio's server does not answer. Nothing is lost: it is tried again.";
  readonly zh = "工作室的服务器没有回应。内容不会丢失,正在重试。";
}

/** The address of a route: `{names}` filled in, the query behind. */
export function addressOf(route: string, { path = {}, query = {} }: Options = {}): string {
  const filled = route.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name] ?? "")));
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const asked = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return asked ? `${filled}?${asked}` : filled;
}

async function call<T>(method: string, route: string, options: Options = {}): Promise<T> {
  const { body, signal } = options;
  const isBytes = body instanceof Blob || body instanceof ArrayBuffer || body instanceof Uint8Array;
  const request: RequestInit = { method, credentials: "same-origin" };
  if (signal) request.signal = signal;
  if (body !== undefined) {
    request.body = isBytes ? (body as BodyInit) : JSON.stringify(body);
    request.headers = { "Content-Type": isBytes ? "application/octet-stream" : "application/json" };
  }
  let reply: Response;
  try {
    reply = await fetch(addressOf(route, options), request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new OfflineError();
  }
  if (!reply.ok) throw await readError(reply);
  return (reply.status === 204 ? undefined : await reply.json()) as T;
}

async function readError(reply: Response): Promise<ReplyError> {
  const after = Number(reply.headers.get("Retry-After"));
  const plain: ApiError = {
    kind: "Error",
    en: `The server answered ${reply.status}. Try it again, or reload the page.`,
    zh: `服务器回答 ${reply.status}。请重试,或重新加载页面。`,
  };
  let told: ApiError = plain;
  try {
    told = ((await reply.json()) as { error?: ApiError }).error ?? plain;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return new ReplyError(reply.status, told, Number.isFinite(after) && after > 0 ? after : null);
}

export const api = {
  get: <T>(route: Route<"get">, options?: Options) => call<T>("GET", route, options),
  post: <T>(route: Route<"post">, options?: Options) => call<T>("POST", route, options),
  patch: <T>(route: Route<"patch">, options?: Options) => call<T>("PATCH", route, options),
  del: <T>(route: Route<"delete">, options?: Options) => call<T>("DELETE", route, options),

  /** Follow a job to its end; its socket is opened again when it breaks. */
  job: (view: JobView, onEvent: (view: JobView, event: JobEvent | null) => void): Watch =>
    watchJob(view, onEvent, (id) => call<JobView>("GET", "/api/jobs/{job_id}", { path: { job_id: id } })),

  /** Wait for the end of a job: its result, or an error that says why there is none. */
  async finish<T>(view: JobView, onView: (view: JobView) => void = () => undefined): Promise<T> {
    const end = await api.job(view, (now) => onView(now)).end;
    if (end.state === "done") return (end.result ?? {}) as T;
    throw new JobError(end);
  },
};

/** A job ended without a result. */
export class JobError extends Error implements Told {
  readonly en: string;
  readonly zh: string;

  constructor(readonly job: JobView) {
    const told = job.error ?? { en: "This was cancelled.", zh: "已取消。" };
    super(told.en);
    this.en = told.en;
    this.zh = told.zh;
  }

  get isCancelled(): boolean {
    return this.job.state === "cancelled";
  }
}
