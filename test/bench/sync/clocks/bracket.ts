/** `remote = host + offsetMs`, and the truth lies within ±boundMs. */
export interface Mapping {
  offsetMs: number;
  boundMs: number;
  /** False when the exchanges contradict each other: one of the clocks was stepped or stood still. */
  consistent: boolean;
  exchanges: number;
}

/** Stamps may be rounded (browsers: 0.1 ms) without contradicting each other. */
const ROUNDING_MS = 0.2;

/**
 * Maps another process' clock to the host's, both counting the same crystal. A remote stamp was taken after the request
 * left and before the answer came, so each exchange brackets the offset, and all together bracket it tightly: for a
 * constant offset that is never worse than the exchange of least round trip.
 */
export class Bracket {
  #lowMs = -Infinity;
  #highMs = Infinity;
  #exchanges = 0;

  /** `t2Ms` and `t3Ms` are the remote's stamps, the same one when it took only one. */
  add(t1Ms: number, t2Ms: number, t3Ms: number, t4Ms: number): void {
    this.#exchanges += 1;
    this.#lowMs = Math.max(this.#lowMs, t3Ms - t4Ms);
    this.#highMs = Math.min(this.#highMs, t2Ms - t1Ms);
  }

  get mapping(): Mapping {
    return {
      offsetMs: (this.#lowMs + this.#highMs) / 2,
      boundMs: Math.abs(this.#highMs - this.#lowMs) / 2,
      consistent: this.#highMs - this.#lowMs > -ROUNDING_MS,
      exchanges: this.#exchanges,
    };
  }
}
