import type { BridgeReading } from '../../messaging/bridge.ts';
import { StitchOffset } from './stitch-offset.ts';

/** A site's clock moves a few times a second; looks this close find when. */
const LOOK_CLOSELY_MS = 10;

/** How far the element's clock is ahead of the film's, by what the site's own player says of both. */
export class FilmClock {
  readonly #stitch = new StitchOffset();
  readonly #edges: { nowMs: () => number; ask: () => BridgeReading | null };
  #closely: ReturnType<typeof setInterval> | undefined;

  constructor(edges: { nowMs: () => number; ask: () => BridgeReading | null }, signal: AbortSignal) {
    this.#edges = edges;
    signal.addEventListener('abort', () => this.#rest());
  }

  /** One word of the site's player, while the film is what is on. */
  noted(reading: BridgeReading): { offsetSec: number; settled: boolean } {
    this.#note(reading);
    if (this.#stitch.vague) this.#closely ??= setInterval(() => this.#lookClosely(), LOOK_CLOSELY_MS);
    return this.#stitch.now;
  }

  /** The film is not what is on, or on its way to another place: its clocks say nothing, and then something new. */
  stop(told?: BridgeReading): { offsetSec: number; settled: boolean } {
    this.#rest();
    if (told?.contentSec !== undefined) this.#stitch.jumped(told.contentSec, this.#edges.nowMs());
    return this.#stitch.now;
  }

  #rest(): void {
    clearInterval(this.#closely);
    this.#closely = undefined;
  }

  #lookClosely(): void {
    const reading = this.#edges.ask();
    if (!reading || reading.ad || !this.#stitch.vague) this.#rest();
    else this.#note(reading);
  }

  #note({ elementSec, contentSec }: BridgeReading): void {
    if (elementSec !== undefined && contentSec !== undefined)
      this.#stitch.noted(elementSec, contentSec, this.#edges.nowMs());
  }
}
