/** Beyond what a site's clock lags behind its element's: an ad has been put into the stream. */
const STITCHED_SEC = 0.75;
/** A site's clock has been right at some time in so long. */
const KEPT_MS = 30_000;
/** A difference that stays so long is true; a site's clock may take so long to follow a jump. */
const SETTLE_MS = 400;
/** The site's clock moved between two looks this close: it lags by less at the second. */
const CLOSE_SEC = 0.02;
/** So many close looks find a clock that lags by a few milliseconds. */
const CLOSE_LOOKS = 4;

interface Look {
  /** Element minus film, seconds. */
  difference: number;
  atMs: number;
  close: boolean;
}

/**
 * How much an element's clock is ahead of the film's, because ads are part of its stream. A site's own clock moves in steps
 * and can only lag, so the smallest of the recent differences is the truest. Seconds.
 */
export class StitchOffset {
  #known: readonly Look[] = [];
  #candidate: readonly Look[] = [];
  #last = { elementSec: 0, contentSec: 0 };
  #jumped: { contentSec: number; atMs: number } | null = null;

  /** The element's clock is on its way elsewhere: what the site's says may be of before, until it moves. */
  jumped(contentSec: number, atMs: number): void {
    this.#candidate = [];
    this.#jumped = { contentSec, atMs };
  }

  /** `settled` is false while the two clocks say something new that may still be one's lag. */
  noted(elementSec: number, contentSec: number, atMs: number): { offsetSec: number; settled: boolean } {
    const ranSec = elementSec - this.#last.elementSec;
    if (this.#jumped) {
      const still = contentSec === this.#jumped.contentSec;
      if (still && atMs - this.#jumped.atMs < SETTLE_MS) return this.now;
      this.#jumped = null;
    }
    const close = contentSec !== this.#last.contentSec && ranSec >= 0 && ranSec < CLOSE_SEC;
    this.#last = { elementSec, contentSec };
    const look = { difference: elementSec - contentSec, atMs, close };
    if (near(look, this.#known)) {
      this.#known = recent([...this.#known, look], atMs);
      this.#candidate = [];
      return this.now;
    }
    this.#candidate = near(look, this.#candidate) ? [...this.#candidate, look] : [look];
    const sinceMs = this.#candidate[0]?.atMs ?? atMs;
    if (atMs - sinceMs >= SETTLE_MS) {
      this.#known = this.#candidate;
      this.#candidate = [];
    }
    return this.now;
  }

  get now(): { offsetSec: number; settled: boolean } {
    return { offsetSec: this.#offsetSec, settled: !this.#jumped && this.#candidate.length === 0 };
  }

  /** Whether looks that follow each other closely would tell more: only where an ad is, or may be, in the stream. */
  get vague(): boolean {
    if (!this.now.settled) return true;
    return this.#offsetSec !== 0 && this.#known.filter(({ close }) => close).length < CLOSE_LOOKS;
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
