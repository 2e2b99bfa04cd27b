export interface Rate {
  /** Allowed at once. */
  burst: number;
  /** Allowed per second from then on. */
  perSec: number;
  /** Refusals, without a full bucket in between, after which the bucket counts as exhausted. */
  debt?: number;
}

/** The rounding error of added fractions. */
const ROUNDING = 1e-6;

export class TokenBucket {
  readonly #rate: Rate;
  #level: number;
  #refused = 0;
  #filledAtMs: number;

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate;
    this.#level = rate.burst;
    this.#filledAtMs = nowMs;
  }

  /**
   * Takes `count`; 0 if granted, else the ms to wait. A refusal takes nothing, so a sender that waits as long is
   * granted it. A count above the burst is granted by a full bucket, which then goes into debt.
   */
  take(nowMs: number, count = 1): number {
    this.#refill(nowMs);
    const needed = Math.min(count, this.#rate.burst);
    if (this.#level >= needed - ROUNDING) {
      this.#level -= count;
      return 0;
    }
    this.refuse(count);
    return Math.ceil(((needed - this.#level) * 1000) / this.#rate.perSec);
  }

  /** Counts a refusal for another reason. */
  refuse(count: number): void {
    this.#refused += count;
  }

  /** Whether the refusals have reached the debt. */
  get exhausted(): boolean {
    return this.#refused >= (this.#rate.debt ?? Infinity);
  }

  /** Whether the bucket is as good as new and can be dropped. */
  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#level >= this.#rate.burst;
  }

  #refill(nowMs: number): void {
    const { burst, perSec } = this.#rate;
    const elapsedSec = Math.max(0, nowMs - this.#filledAtMs) / 1000;
    this.#level = Math.min(burst, this.#level + elapsedSec * perSec);
    this.#filledAtMs = nowMs;
    if (this.#level >= burst) this.#refused = 0;
  }
}
