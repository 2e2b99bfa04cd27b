/** Runs something once after a while; returns what takes it back. */
export type After = (delayMs: number, run: () => void) => () => void;

export const after: After = (delayMs, run) => {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
};

/**
 * Runs at most once per period: at once when it is first asked, and once more at the end for all that was asked meanwhile.
 * What others make happen costs no more than that, however often they do.
 */
export class Throttle {
  readonly #run: () => void;
  readonly #periodMs: number;
  readonly #after: After;
  /** Set while a period lasts. */
  #cancel: (() => void) | null = null;
  #asked = false;

  constructor(run: () => void, periodMs: number, timers: After = after) {
    this.#run = run;
    this.#periodMs = periodMs;
    this.#after = timers;
  }

  ask(): void {
    if (this.#cancel) this.#asked = true;
    else this.#begin();
  }

  /** Does not wait with what was asked. */
  flush(): void {
    if (this.#asked) this.#begin();
  }

  /** Forgets what was asked. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#asked = false;
  }

  #begin(): void {
    this.stop();
    // Before anything runs, which may throw.
    this.#cancel = this.#after(this.#periodMs, () => {
      this.#cancel = null;
      this.flush();
    });
    this.#run();
  }
}
