/** A tempo from taps. */

const LONGEST_MS = 2500;
const MOST = 8;

export class Taps {
  #times: number[] = [];

  /** Add a tap at a time in milliseconds; the tempo once there are three of them, else null. */
  tap(now: number): number | null {
    const last = this.#times.at(-1);
    if (last !== undefined && now - last > LONGEST_MS) this.#times = [];
    this.#times = [...this.#times, now].slice(-MOST);
    return this.tempo();
  }

  /** Beats a minute by the middle one of the distances, whole. */
  tempo(): number | null {
    if (this.#times.length < 3) return null;
    const gaps = this.#times.slice(1).map((time, k) => time - this.#times[k]!).sort((a, b) => a - b);
    const half = gaps.length >> 1;
    const middle = gaps.length % 2 ? gaps[half]! : (gaps[half - 1]! + gaps[half]!) / 2;
    return Math.round(60_000 / middle);
  }

  clear(): void {
    this.#times = [];
  }
}
