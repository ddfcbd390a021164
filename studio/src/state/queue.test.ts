import { beforeEach, describe, expect, it, vi } from "vitest";
import { OfflineError, ReplyError } from "../lib/api";
import type { ProjectView, ScoreView } from "../lib/types";
import { Queue } from "./queue.svelte";

const project = (revision: number, title = "") =>
  ({ id: "one", revision, title, score: { title: "base", qpm: 100 } as ScoreView }) as ProjectView;
const stale = () => new ReplyError(409, { kind: "ConstraintError", en: "stale", zh: "过期" });

function queueOn(server: ProjectView) {
  const refused: boolean[] = [];
  let shown = "";
  const queue = new Queue({
    put: (_project, score) => (shown = score.title),
    project: () => null,
    reload: () => Promise.resolve(server),
    refuse: (_error, isStale) => refused.push(isStale),
    cameBack: () => undefined,
  });
  return { queue, refused, shown: () => shown };
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

describe("changes on their way", () => {
  it("are sent one at a time, each on the revision before it, and shown at once", async () => {
    const { queue, shown } = queueOn(project(9));
    queue.open(project(1));
    const sent: number[] = [];
    const send = (revision: number) => {
      sent.push(revision);
      return Promise.resolve(project(revision + 1));
    };
    const first = queue.push({ send, show: (score) => ({ ...score, title: "edited" }) });
    const second = queue.push({ send });
    expect(shown()).toBe("edited");
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(sent).toEqual([1, 2]);
    expect(queue.saved).toBe("saved");
  });

  it("go again on top of a newer revision, once", async () => {
    const { queue, refused } = queueOn(project(5));
    queue.open(project(1));
    const sent: number[] = [];
    const isDone = await queue.push({
      send: (revision) => {
        sent.push(revision);
        return revision === 5 ? Promise.resolve(project(6)) : Promise.reject(stale());
      },
    });
    expect([isDone, sent, refused]).toEqual([true, [1, 5], []]);
  });

  it("are refused, and said to be, where the revision was right: cells are locked", async () => {
    const { queue, refused, shown } = queueOn(project(1));
    queue.open(project(1));
    const isDone = await queue.push({ send: () => Promise.reject(stale()), show: (score) => ({ ...score, title: "edited" }) });
    expect([isDone, refused, shown()]).toEqual([false, [false], "base"]);
  });

  it("wait for a server that is away, and are kept for a reload until then", async () => {
    vi.useFakeTimers();
    const { queue } = queueOn(project(1));
    queue.open(project(1));
    let nTried = 0;
    const done = queue.push({
      send: () => (++nTried < 3 ? Promise.reject(new OfflineError()) : Promise.resolve(project(2))),
      kept: { ops: [{ op: "set_tempo", tick: 0, qpm: 90 }], note: "" },
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(queue.saved).toBe("offline");
    expect(Queue.kept("one")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await done).toBe(true);
    expect(Queue.kept("one")).toHaveLength(0);
    vi.useRealTimers();
  });
});
