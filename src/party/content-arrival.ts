/** After the page names other content, its player may keep the last video for this long. */
const STALE_AT_MOST_MS = 3000;
/** A site that loads the next video at most this long before it names it is believed at once. */
const LOADED_BEFORE_MS = 1000;
/** A page names a newly loaded video at most this much later. */
export const ID_WITHIN_MS = 1500;

/**
 * Matches the content that a page names with the video in its player. Single-page sites change one after the other: for a
 * moment the old video would pass for the new one, or the new duration for the old one's. Times in ms of one monotonic clock.
 */
export class ContentArrival<Content extends { contentId: string }> {
  #named: string | null = null;
  #namedAtMs = -Infinity;
  #loadedAtMs = -Infinity;
  /** The last content that was returned, with the duration of its own video. */
  #last: Content | null = null;
  #isSettled = true;

  /** The player loaded a video. */
  loaded(nowMs: number): void {
    this.#loadedAtMs = nowMs;
  }

  /** False while the result of {@link contentNow} may change with time alone. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  /**
   * The content that is on. It is `null` while the player may still have the video before. While the page may still name the
   * content before, it is the last result, so that nothing of the new video counts for that content.
   *
   * @param content As page and player report it now; `null` while the page names none.
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
