/** Moves of one kind that did not help yet. Times in ms of one monotonic clock. */
export interface Tries {
  lastAtMs: number | null;
  inARow: number;
}

export const NO_TRIES: Tries = { lastAtMs: null, inARow: 0 };

const COOLDOWN_MS = 1500;
const COOLDOWN_MAX_MS = 12_000;

export function tried({ inARow }: Tries, nowMs: number): Tries {
  return { lastAtMs: nowMs, inARow: inARow + 1 };
}

/** Each one that did not help doubles the wait before the next, so a slow source is never sought to death. */
export function cooledDown({ lastAtMs, inARow }: Tries, nowMs: number): boolean {
  if (lastAtMs === null || inARow === 0) return true;
  return nowMs - lastAtMs >= Math.min(COOLDOWN_MAX_MS, COOLDOWN_MS * 2 ** (inARow - 1));
}
