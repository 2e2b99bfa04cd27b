export interface Rate {
  /** Allowed at once. */
  burst: number;
  /** Allowed per second from then on. */
  perSec: number;
  /** How much may be refused, without the bucket ever being full in between, before it counts as exhausted. */
  debt?: number;
}

/** What adding up fractions may lose. */
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
   * Takes `count`; 0 when granted, else after how many ms it would be. A refusal takes nothing, so that whoever waits as long as
   * told is granted it. What is more than the bucket ever holds is granted when it is full, and is owed then.
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

  /** Counts what was refused for another reason. */
  refuse(count: number): void {
    this.#refused += count;
  }

  /** Whether as much was refused as is borne. */
  get exhausted(): boolean {
    return this.#refused >= (this.#rate.debt ?? Infinity);
  }

  /** Whether it is as good as new, so that it can be forgotten. */
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
