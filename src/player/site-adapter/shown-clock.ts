/** An ad is longer, and what a site lags in writing its clock is shorter. */
const AD_AT_LEAST_SEC = 1.5;
/** A site may take so long to write that a second has begun. */
const WRITTEN_LATE_SEC = 0.4;
/** An ad's own marks are seen within so much of its end. */
const SEEN_WITHIN_SEC = 0.1;
/** After an ad a site shows its clock again within so long, if it shows one. */
const SHOWN_AGAIN_MS = 3000;

/**
 * How much an element's clock is ahead of the film's, by the clock that the site shows in whole seconds: at the moment one begins
 * it is right, but for what the site took to write it. So the smallest difference is the truest. Seconds.
 */
export class ShownClock {
  #leastSec: number | null = null;
  #ticked = false;
  #last: { elementSec: number; shownSec: number } | null = null;
  #forgottenAtMs = -Infinity;

  /** Tell each change of what is shown. */
  noted(elementSec: number, shownSec: number): void {
    const difference = elementSec - shownSec;
    // Ads only ever make a stream longer: what is shown is of the film before.
    if (difference < -AD_AT_LEAST_SEC) return;
    if (this.#leastSec === null || Math.abs(difference - this.#leastSec) > AD_AT_LEAST_SEC) {
      this.#leastSec = difference;
      this.#ticked = false;
    } else {
      this.#leastSec = Math.min(this.#leastSec, difference);
      const ranSec = elementSec - (this.#last?.elementSec ?? elementSec);
      if (shownSec - (this.#last?.shownSec ?? 0) === 1 && ranSec > 0 && ranSec < 2) this.#ticked = true;
    }
    this.#last = { elementSec, shownSec };
  }

  /** An ad runs: how long it takes is only known after it. */
  forget(nowMs: number): void {
    if (this.#last) this.#forgottenAtMs = nowMs;
    this.#leastSec = this.#last = null;
    this.#ticked = false;
  }

  /** `null` while nothing is shown. Not settled until a second has begun, unless the film stands. */
  at(nowMs: number, paused: boolean): { offsetSec: number; settled: boolean } | null {
    if (this.#leastSec === null)
      return nowMs - this.#forgottenAtMs < SHOWN_AGAIN_MS ? { offsetSec: 0, settled: false } : null;
    if (Math.abs(this.#leastSec) < AD_AT_LEAST_SEC) return { offsetSec: 0, settled: true };
    return { offsetSec: this.#leastSec, settled: this.#ticked || paused };
  }

  /** Whether the film could be so much behind its element by what has been shown. */
  allows(aheadSec: number): boolean {
    if (this.#leastSec === null) return false;
    const lateSec = this.#leastSec - aheadSec;
    return lateSec > -SEEN_WITHIN_SEC && lateSec < WRITTEN_LATE_SEC + (this.#ticked ? 0 : 1);
  }
}

/** Tells each change of the first time that an element of the page shows, like "1:02:03 / 12:34", in seconds. */
export function watchShownClock(
  find: () => Element | null,
  tell: (shownSec: number) => void,
  signal: AbortSignal,
): { look: () => void } {
  let watched: Element | null = null;
  let text = '';
  const read = () => {
    const now = watched?.textContent ?? '';
    if (now === text) return;
    text = now;
    const shown = /\d+(?::\d{2}){1,2}/.exec(text)?.[0];
    if (shown !== undefined) tell(shown.split(':').reduce((sec, part) => sec * 60 + Number(part), 0));
  };
  const observer = new MutationObserver(read);
  signal.addEventListener('abort', () => observer.disconnect());
  return {
    look: () => {
      const found = find();
      if (found !== watched) {
        observer.disconnect();
        watched = found;
        text = '';
        if (found) observer.observe(found, { childList: true, characterData: true, subtree: true });
      }
      read();
    },
  };
}
