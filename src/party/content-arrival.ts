/** After the page names other content, the video of the last may stay in the player so long. */
const STALE_AT_MOST_MS = 3000;
/** A site may give its player the next video so much before the page names it. */
const LOADED_BEFORE_MS = 1000;

/**
 * Whether the video in the player is still the one before the content that the page names. Single-page sites change their
 * address first and their player later: for a moment the old video would pass for the new one, with its position and its
 * length. Times in ms of one monotonic clock.
 */
export class ContentArrival {
  #contentId: string | null = null;
  #changedAtMs = -Infinity;
  #loadedAtMs = -Infinity;

  /** The player was given a video. */
  loaded(nowMs: number): void {
    this.#loadedAtMs = nowMs;
  }

  /** @param contentId As the page names it now; `null` while it names none. */
  isStale(contentId: string | null, nowMs: number): boolean {
    if (contentId !== null && contentId !== this.#contentId) {
      if (this.#contentId !== null) this.#changedAtMs = nowMs;
      this.#contentId = contentId;
    }
    return (
      this.#loadedAtMs < this.#changedAtMs - LOADED_BEFORE_MS && nowMs - this.#changedAtMs < STALE_AT_MOST_MS
    );
  }
}
