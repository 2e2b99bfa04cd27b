/** Allows `burst` at once and `perSec` from then on. Overdrawing is remembered as debt, down to `-maxDebt`. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perSec: number;
  readonly #maxDebt: number;
  #level: number;
  #filledAtMs: number;

  constructor(burst: number, perSec: number, nowMs: number, maxDebt = 0) {
    this.#burst = burst;
    this.#perSec = perSec;
    this.#maxDebt = maxDebt;
    this.#level = burst;
    this.#filledAtMs = nowMs;
  }

  /** Takes `count`; 0 when granted, else after how many ms it would be. */
  take(nowMs: number, count = 1): number {
    this.#refill(nowMs);
    const left = this.#level - count;
    this.#level = Math.max(left, Math.min(this.#level, -this.#maxDebt));
    return left >= 0 ? 0 : Math.ceil((-left * 1000) / this.#perSec);
  }

  /** Whether all debt that is allowed has been made. */
  get exhausted(): boolean {
    return this.#level <= -this.#maxDebt;
  }

  /** Whether it is as good as new, so that it can be forgotten. */
  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#level >= this.#burst;
  }

  #refill(nowMs: number): void {
    const elapsedSec = Math.max(0, nowMs - this.#filledAtMs) / 1000;
    this.#level = Math.min(this.#burst, this.#level + elapsedSec * this.#perSec);
    this.#filledAtMs = nowMs;
  }
}
