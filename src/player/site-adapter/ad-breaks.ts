import type { KnownBreak } from '../../messaging/ad-breaks.ts';

/** A reading may be so much later than the moment the ad began or ended: what is shorter was no ad. */
const SHORTEST_SEC = 0.5;
/** An element's clock that does more than this between two readings has been moved. */
const MOVED_SEC = 2;

/**
 * Ads that are part of a film's stream, on a site that has no clock of the film's own: what its element's clock ran
 * while one was shown is no time of the film. One that ran before the first reading is not known. Seconds.
 */
export class AdBreaks {
  #breaks: KnownBreak[] = [];
  #isTold = false;
  #ad: { startElementSec: number; lastElementSec: number } | null = null;

  /** What is known now. */
  get known(): readonly KnownBreak[] {
    return this.#breaks;
  }

  /** What was known of the same stream before. */
  recall(breaks: readonly KnownBreak[]): void {
    this.#breaks = breaks.toSorted((a, b) => a.startElementSec - b.startElementSec);
  }

  /** What the page itself tells of all its ads, by where in the film they are: better than what is seen of them. */
  told(breaks: readonly { contentSec: number; lengthSec: number }[]): void {
    let beforeSec = 0;
    this.#isTold = true;
    this.#breaks = breaks
      .toSorted((a, b) => a.contentSec - b.contentSec)
      .map(({ contentSec, lengthSec }) => {
        const startElementSec = contentSec + beforeSec;
        beforeSec += lengthSec;
        return { startElementSec, lengthSec };
      });
  }

  /** Tell each reading, in order. */
  noted(elementSec: number, inAd: boolean): void {
    if (this.#isTold) return;
    if (this.#ad && Math.abs(elementSec - this.#ad.lastElementSec) > MOVED_SEC) this.#ad = null;
    if (inAd) {
      this.#ad ??= { startElementSec: elementSec, lastElementSec: elementSec };
      this.#ad.lastElementSec = elementSec;
      return;
    }
    if (!this.#ad) return;
    const { startElementSec } = this.#ad;
    this.#ad = null;
    const lengthSec = elementSec - startElementSec;
    const known = this.#breaks.some((each) => Math.abs(each.startElementSec - startElementSec) < MOVED_SEC);
    if (lengthSec < SHORTEST_SEC || known) return;
    this.#breaks.push({ startElementSec, lengthSec });
    this.#breaks.sort((a, b) => a.startElementSec - b.startElementSec);
  }

  /** Another stream: what was known was of the last. */
  forget(): void {
    this.#breaks = [];
    this.#isTold = false;
    this.#ad = null;
  }

  contentSec(elementSec: number): number {
    return this.#breaks.reduce(
      (sec, { startElementSec, lengthSec }) =>
        sec - Math.min(lengthSec, Math.max(0, elementSec - startElementSec)),
      elementSec,
    );
  }

  elementSec(contentSec: number): number {
    return this.#breaks.reduce(
      (sec, { startElementSec, lengthSec }) => (sec > startElementSec ? sec + lengthSec : sec),
      contentSec,
    );
  }
}
