/** A change that is sent once it rests, so that a drag is one step of undo. */

export class Later<T extends object> {
  #waiting: T | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isHeld = false;

  constructor(
    readonly send: (facts: T) => void,
    readonly rest_ms = 500,
  ) {}

  /** Add to what will be sent. */
  add(facts: T): void {
    this.#waiting = { ...this.#waiting, ...facts };
    clearTimeout(this.#timer);
    if (!this.#isHeld) this.#timer = setTimeout(() => this.flush(), this.rest_ms);
  }

  /** Wait for `flush`, however long a drag rests. */
  hold(): void {
    this.#isHeld = true;
    clearTimeout(this.#timer);
  }

  /** Send what waits now. */
  flush(): void {
    this.#isHeld = false;
    clearTimeout(this.#timer);
    const facts = this.#waiting;
    this.#waiting = null;
    if (facts) this.send(facts);
  }
}
