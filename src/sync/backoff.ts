/** Attempts of one kind that have not helped yet. Times in ms of one monotonic clock. */
export interface Backoff {
  lastAtMs: number | null;
  attempts: number;
}

export const NO_BACKOFF: Backoff = { lastAtMs: null, attempts: 0 };

const FIRST_WAIT_MS = 1500;
const MAX_WAIT_MS = 12_000;

export function recordAttempt({ attempts }: Backoff, nowMs: number): Backoff {
  return { lastAtMs: nowMs, attempts: attempts + 1 };
}

/** Each attempt that did not help doubles the wait, so that seeks do not keep a slow source from loading. */
export function backoffElapsed({ lastAtMs, attempts }: Backoff, nowMs: number): boolean {
  if (lastAtMs === null || attempts === 0) return true;
  return nowMs - lastAtMs >= Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
}
