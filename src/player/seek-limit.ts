const WINDOW_MS = 20_000;
/** Of the jumps in a window, so many may follow at the shortest distance; then they must be twice as far apart. */
const BURST = 5;

/** Keeps jumps on a site that takes offence at many of them apart. Times in ms of one monotonic clock. */
export class SeekLimit {
  #madeAtMs: number[] = [];

  /**
   * How long until the next jump may be made; 0 when it may be now.
   * @param everyMs At most one jump in so long; 0 for no limit.
   */
  waitMs(nowMs: number, everyMs: number): number {
    this.#madeAtMs = this.#madeAtMs.filter((atMs) => nowMs - atMs < WINDOW_MS);
    const last = this.#madeAtMs.at(-1);
    if (last === undefined) return 0;
    const apartMs = everyMs * (this.#madeAtMs.length < BURST ? 1 : 2);
    return Math.max(0, last + apartMs - nowMs);
  }

  made(nowMs: number): void {
    this.#madeAtMs.push(nowMs);
  }
}
