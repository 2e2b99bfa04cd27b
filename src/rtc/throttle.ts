import type { Timing } from './timing.ts';

const EVERY_MS = 1000;
/** Two that offer to each other at the same moment make two connections each, and are not to wait for the second. */
const BURST = 2;

/**
 * Lets something happen at most once a second in the long run, however often it is asked for: what comes too early waits,
 * and a later one takes its place.
 */
export class Throttle {
  readonly #timing: Timing;
  /** When as much has been let through as there was time for. */
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

  /** What waits does not happen. */
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
