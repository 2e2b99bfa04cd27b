import type { Timing } from './timing.ts';

const EVERY_MS = 1000;
/** Two simultaneous offers make two connections on each side, and the second must not wait. */
const BURST = 2;

/**
 * Runs an action at most once a second in the long run. An early action waits, and a later one replaces it.
 */
export class Throttle {
  readonly #timing: Timing;
  /** Time until which the runs so far use up the rate. */
  #creditUntilMs = -Infinity;
  #waiting: (() => void) | null = null;
  #cancel: (() => void) | null = null;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  get isWaiting(): boolean {
    return this.#waiting !== null;
  }

  run(act: () => void): void {
    this.#waiting = act;
    if (this.#cancel) return;
    const waitMs = this.#creditUntilMs - (BURST - 1) * EVERY_MS - this.#timing.nowMs();
    if (waitMs <= 0) this.#go();
    else this.#cancel = this.#timing.after(waitMs, () => this.#go());
  }

  /** Drops the waiting action. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = this.#waiting = null;
  }

  #go(): void {
    const act = this.#waiting;
    this.#cancel = this.#waiting = null;
    this.#creditUntilMs = Math.max(this.#creditUntilMs, this.#timing.nowMs()) + EVERY_MS;
    act?.();
  }
}
