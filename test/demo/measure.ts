import { driftSec } from '../support/film-probe.ts';
import type { Followed } from './acts.ts';
import type { Watched } from './watched.ts';

/** After an act, so long until the party counts as steady again. */
const SETTLE_MS = 3000;

/** What a party of two has measured so far, by the demo's own eyes. */
export class Measure {
  readonly steadyApartMs: number[] = [];
  readonly followed: Followed[] = [];
  /** The second ahead of the first, now; `null` while that means nothing. */
  apartMs: number | null = null;
  /** Seeks in the steady spans, and how far rates were from the chosen one. */
  steadySeeks = 0;
  steadyRateOff = 0;
  #steadyFromMs = Infinity;
  #counted: [number, number] = [0, 0];
  readonly #watched: readonly [Watched, Watched];

  constructor(watched: readonly [Watched, Watched]) {
    this.#watched = watched;
  }

  /** Somebody acts, so what is seen next says nothing of steadiness. */
  disturbed(): void {
    this.#steadyFromMs = performance.now() + SETTLE_MS;
  }

  /** Looks at both films at once. */
  async look(): Promise<void> {
    const [first, second] = this.#watched;
    await Promise.all([first.look(), second.look()]);
    const bothPlay = !first.sample.paused && !second.sample.paused;
    const bothRest = first.sample.paused && second.sample.paused;
    this.apartMs = bothPlay || bothRest ? driftSec(first.sample, second.sample) * 1000 : null;
    const steady = bothPlay && performance.now() >= this.#steadyFromMs;
    if (steady && this.apartMs !== null) this.steadyApartMs.push(this.apartMs);
    this.#countCorrections(steady);
  }

  #countCorrections(steady: boolean): void {
    for (const index of [0, 1] as const) {
      const { seen } = this.#watched[index];
      for (const { type, rate } of steady ? seen.slice(this.#counted[index]) : []) {
        if (type === 'seeking') this.steadySeeks += 1;
        if (type === 'ratechange') {
          this.steadyRateOff = Math.max(this.steadyRateOff, Math.abs(rate / chosenRate(rate) - 1));
        }
      }
      this.#counted[index] = seen.length;
    }
  }
}

/** The speed of the site's menu that a corrected rate belongs to. */
export function chosenRate(rate: number): number {
  return Math.round(rate * 20) / 20;
}

/** How often a film was corrected: what remains when the acts, and the following of them, are taken away. */
export function corrections(watched: Watched, followed: readonly Followed[]) {
  const count = (type: string) => watched.seen.filter((event) => event.type === type).length;
  const explained = (kind: string) =>
    followed.filter((act) => act.kind === kind && (act.by === watched.name || act.afterMs !== null)).length;
  return {
    rateWrites: Math.max(0, count('ratechange') - explained('rate')),
    seeks: Math.max(0, count('seeking') - explained('seek')),
  };
}

/** The value that so large a part of all lies below or at. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}
