/** Following a job: a socket that replays what was missed, asked again by HTTP when it cannot be had. */
import type { JobEvent, JobView } from "./types";

export interface Watch {
  /** The job as it ended. */
  readonly end: Promise<JobView>;
  /** Look away; the job goes on. */
  stop(): void;
}

const ENDS = new Set(["done", "failed", "cancelled"]);
const LEAST_MS = 250;
const MOST_MS = 5000;

export const isEnd = (view: JobView): boolean => ENDS.has(view.state);

/** What an event leaves of a job's view. */
export function withEvent(view: JobView, event: JobEvent): JobView {
  const { seq: _seq, kind: _kind, bars: _bars, score: _score, ...more } = event;
  return { ...view, ...Object.fromEntries(Object.entries(more).filter(([name]) => name in view)) };
}

export function watchJob(
  first: JobView,
  onEvent: (view: JobView, event: JobEvent | null) => void,
  ask: (id: string) => Promise<JobView>,
): Watch {
  let view = first;
  let seq = 0;
  let wait = LEAST_MS;
  let timer = 0;
  let socket: WebSocket | null = null;
  let isOver = false;
  let settle: (view: JobView) => void = () => undefined;
  const end = new Promise<JobView>((resolve) => (settle = resolve));

  function finish(): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    socket?.close();
    settle(view);
  }

  function take(next: JobView, event: JobEvent | null): void {
    if (isOver) return;
    view = next;
    onEvent(view, event);
    if (isEnd(view)) finish();
  }

  function connect(): void {
    if (isOver) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(`${scheme}//${location.host}/api/jobs/${encodeURIComponent(view.id)}/events?after=${seq}`);
    socket.onmessage = (message) => {
      const event = JSON.parse(String(message.data)) as JobEvent;
      seq = Math.max(seq, event.seq);
      wait = LEAST_MS;
      take(withEvent(view, event), event);
    };
    socket.onclose = () => void askAgain();
  }

  /** The socket ended: the job may have, too; else it is opened again a little later. */
  async function askAgain(): Promise<void> {
    if (isOver) return;
    try {
      take(await ask(view.id), null);
    } catch (error) {
      const status = (error as { status?: number }).status;
      if (status !== undefined && status < 500 && status !== 429) {
        take({ ...view, state: "failed", error: view.error ?? LOST }, null);
      }
    }
    if (isOver) return;
    timer = window.setTimeout(connect, wait);
    wait = Math.min(MOST_MS, wait * 2);
  }

  onEvent(view, null);
  if (isEnd(view)) finish();
  else connect();
  return { end, stop: () => { isOver = true; clearTimeout(timer); socket?.close(); } };
}

const LOST = {
  kind: "BusyError",
  en: "The server was started anew and this work was lost. Ask for it again; your music is as it was.",
  zh: "服务器重新启动,这项工作丢失了。请重新请求;您的音乐没有变化。",
};
