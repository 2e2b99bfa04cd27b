/** After another address the film of the last may stay in the player so long. */
const LINGERS_MS = 3000;
/** A site may give its player the next film so much before its address. */
const BEFORE_MS = 1000;

/**
 * Single-page sites change their address, and only then what is in their player: for a moment the old film would pass for
 * the new one, with its place and its length. Times in ms of one monotonic clock.
 */
export class FilmArrival {
  #contentId: string | null = null;
  #changedAtMs = -Infinity;
  #loadedAtMs = -Infinity;

  /** The player was given a film. */
  loaded(nowMs: number): void {
    this.#loadedAtMs = nowMs;
  }

  /** Whether what is in the player may still be the film before the one that the page names. */
  lingers(contentId: string | null, nowMs: number): boolean {
    if (contentId !== null && contentId !== this.#contentId) {
      if (this.#contentId !== null) this.#changedAtMs = nowMs;
      this.#contentId = contentId;
    }
    return this.#loadedAtMs < this.#changedAtMs - BEFORE_MS && nowMs - this.#changedAtMs < LINGERS_MS;
  }
}
