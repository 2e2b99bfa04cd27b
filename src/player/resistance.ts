const DEFIED_TIMES = 3;
const WITHIN_MS = 10_000;
const YIELD_MS = 10_000;

type Defied = 'playing' | 'rate' | 'position';

/**
 * Counts how often a site undoes what the extension did. Three times in ten seconds is its will, not an accident: then
 * it is left alone for a while, since two programs fighting over one player would never end.
 */
export class Resistance {
  #defiedAtMs: Record<Defied, number[]> = { playing: [], rate: [], position: [] };
  #yieldUntilMs: Record<Defied, number> = { playing: -Infinity, rate: -Infinity, position: -Infinity };

  /** Notes one more. */
  defied(what: Defied, nowMs: number): void {
    const recent = [...this.#defiedAtMs[what].filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs];
    const enough = recent.length >= DEFIED_TIMES;
    this.#defiedAtMs[what] = enough ? [] : recent;
    if (enough) this.#yieldUntilMs[what] = nowMs + YIELD_MS;
  }

  /** A person acted: the site gets another chance. */
  forgive(): void {
    this.#yieldUntilMs.playing = -Infinity;
  }

  /** Whether the site has its way just now. */
  yields(what: Defied, nowMs: number): boolean {
    return nowMs < this.#yieldUntilMs[what];
  }
}
