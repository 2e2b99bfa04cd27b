/** After the page names other content, the video of the last may stay in the player so long. */
const STALE_AT_MOST_MS = 3000;
/** A site may give its player the next video so much before the page names it, and still be believed at once. */
const LOADED_BEFORE_MS = 1000;
/** A page names the video that came into its player so much later at most. */
export const ID_WITHIN_MS = 1500;

/**
 * Brings together what a page names and what is in its player. Single-page sites change the one first, then the other: for a
 * moment the old video would pass for the new one, or the new one's length for the old one's. Times in ms of one monotonic clock.
 */
export class ContentArrival<Content extends { contentId: string }> {
  #named: string | null = null;
  #namedAtMs = -Infinity;
  #loadedAtMs = -Infinity;
  /** As it was told last, with the length of its own video. */
  #last: Content | null = null;
  #isSettled = true;

  /** The player was given a video. */
  loaded(nowMs: number): void {
    this.#loadedAtMs = nowMs;
  }

  /** False while the answer of {@link contentNow} may change with time alone. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /**
   * What is on. `null` while the player may still have the video before; and as it was told before while the page may still
   * name the one before, so that nothing of the new video is told of it.
   *
   * @param content As page and player tell it now; `null` while the page names none.
   */
  contentNow(content: Content | null, nowMs: number): Content | null {
    if (content && content.contentId !== this.#named) {
      if (this.#named !== null) this.#namedAtMs = nowMs;
      this.#named = content.contentId;
    }
    const isStale =
      this.#loadedAtMs < this.#namedAtMs - LOADED_BEFORE_MS && nowMs - this.#namedAtMs < STALE_AT_MOST_MS;
    const awaitsId = this.#namedAtMs < this.#loadedAtMs && nowMs - this.#loadedAtMs < ID_WITHIN_MS;
    this.#isSettled = !isStale && !awaitsId;
    if (isStale) return null;
    if (content && awaitsId && this.#last?.contentId === content.contentId) return this.#last;
    if (content) this.#last = content;
    return content;
  }
}
