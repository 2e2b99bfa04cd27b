/** Beyond what a site's clock lags behind its element's: an ad has been put into the stream. */
const STITCHED_SEC = 0.75;
/** A site's clock has been right at some time in so long. */
const KEPT_MS = 2500;
/** A difference that stays so long is true; a site's clock may take so long to follow a jump. */
const SETTLE_MS = 400;

interface Look {
  /** Element minus film, seconds. */
  difference: number;
  atMs: number;
}

/**
 * How much an element's clock is ahead of the film's, because ads are part of its stream. A site's own clock moves in steps
 * and can only lag, so the smallest of the recent differences is the truest. Seconds.
 */
export class StitchOffset {
  #known: readonly Look[] = [];
  #candidate: readonly Look[] = [];

  /** `settled` is false while the two clocks say something new that may still be one's lag. */
  noted(elementSec: number, contentSec: number, atMs: number): { offsetSec: number; settled: boolean } {
    const look = { difference: elementSec - contentSec, atMs };
    if (near(look, this.#known)) {
      this.#known = recent([...this.#known, look], atMs);
      this.#candidate = [];
      return { offsetSec: this.#offsetSec, settled: true };
    }
    this.#candidate = near(look, this.#candidate) ? [...this.#candidate, look] : [look];
    const sinceMs = this.#candidate[0]?.atMs ?? atMs;
    const settled = atMs - sinceMs >= SETTLE_MS;
    if (settled) {
      this.#known = this.#candidate;
      this.#candidate = [];
    }
    return { offsetSec: this.#offsetSec, settled };
  }

  get #offsetSec(): number {
    if (this.#known.length === 0) return 0;
    const least = Math.min(...this.#known.map(({ difference }) => difference));
    return Math.abs(least) < STITCHED_SEC ? 0 : least;
  }
}

function near({ difference }: Look, others: readonly Look[]): boolean {
  const last = others.at(-1);
  return last !== undefined && Math.abs(difference - last.difference) < STITCHED_SEC;
}

function recent(looks: readonly Look[], nowMs: number): Look[] {
  return looks.filter(({ atMs }) => nowMs - atMs < KEPT_MS);
}
