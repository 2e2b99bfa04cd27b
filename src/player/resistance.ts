const DEFIED_TIMES = 3;
const WITHIN_MS = 10_000;
const YIELD_MS = 10_000;

/**
 * Counts how often a site undoes what the extension did. Three times in ten seconds is its will, not an accident: then
 * it is left alone for a while, since two programs fighting over one player would never end.
 */
export class Resistance {
  #defiedAtMs: Record<'playing' | 'rate', number[]> = { playing: [], rate: [] };
  #yieldUntilMs = -Infinity;

  /** Notes one more; true when it was the one too many. */
  defied(what: 'playing' | 'rate', nowMs: number): boolean {
    const recent = [...this.#defiedAtMs[what].filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs];
    const enough = recent.length >= DEFIED_TIMES;
    this.#defiedAtMs[what] = enough ? [] : recent;
    if (enough && what === 'playing') this.#yieldUntilMs = nowMs + YIELD_MS;
    return enough;
  }

  /** A person acted: the site gets another chance. */
  forgive(): void {
    this.#yieldUntilMs = -Infinity;
  }

  /** Whether the site has its way just now. */
  yields(nowMs: number): boolean {
    return nowMs < this.#yieldUntilMs;
  }
}
