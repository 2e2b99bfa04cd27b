/** Beyond what a site's clock lags behind its element's: an ad has been put into the stream. */
const STITCHED_SEC = 0.75;
const KEPT = 10;
/** A difference that changes by more is another: an ad has passed, or a new stream begun. */
const OTHER_SEC = 0.75;

/**
 * How much an element's clock is ahead of the film's, because ads are part of its stream. A site's own clock moves in steps
 * and can only lag, so the smallest of the recent differences is the truest. Seconds.
 */
export class StitchOffset {
  #recent: number[] = [];

  noted(elementSec: number, contentSec: number): number {
    const difference = elementSec - contentSec;
    const known = this.#recent.at(-1);
    if (known !== undefined && Math.abs(difference - known) > OTHER_SEC) this.#recent = [];
    this.#recent = [...this.#recent, difference].slice(-KEPT);
    const offset = Math.min(...this.#recent);
    return Math.abs(offset) < STITCHED_SEC ? 0 : offset;
  }
}
