/** Where in the score the sound is at a time of the audio clock, as it was scheduled. */

export interface Span {
  readonly time: number;
  readonly tick: number;
  readonly endTick: number;
  readonly secondsPerTick: number;
}

export class Spans {
  #list: Span[] = [];

  add(span: Span): void {
    const last = this.#list.at(-1);
    const goesOn = last?.endTick === span.tick && last.secondsPerTick === span.secondsPerTick;
    if (last && goesOn && Math.abs(endOf(last) - span.time) < 1e-6) this.#list[this.#list.length - 1] = { ...last, endTick: span.endTick };
    else this.#list.push(span);
  }

  clear(): void {
    this.#list = [];
  }

  /** Forget what was to come from a time on. */
  cut(time: number): void {
    this.#list = this.#list.filter((span) => span.time < time);
    const last = this.#list.at(-1);
    if (last && endOf(last) > time) {
      const endTick = last.tick + (time - last.time) / last.secondsPerTick;
      this.#list[this.#list.length - 1] = { ...last, endTick };
    }
  }

  /** Forget what was long ago. */
  prune(time: number): void {
    while (this.#list.length > 1 && endOf(this.#list[0]!) < time - 2) this.#list.shift();
  }

  /** The tick at a time; the first one before the beginning, null if nothing was scheduled. */
  tickAt(time: number): number | null {
    const span = this.#list.findLast((one) => one.time <= time);
    if (!span) return this.#list[0]?.tick ?? null;
    return Math.min(span.endTick, span.tick + (time - span.time) / span.secondsPerTick);
  }

  /** The time at which a tick is reached after a time, if it was scheduled. */
  timeOf(tick: number, after: number): number | null {
    for (const span of this.#list) {
      const time = span.time + (tick - span.tick) * span.secondsPerTick;
      if (tick >= span.tick && tick <= span.endTick && time >= after) return time;
    }
    return null;
  }
}

function endOf(span: Span): number {
  return span.time + (span.endTick - span.tick) * span.secondsPerTick;
}
