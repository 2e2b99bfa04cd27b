import type { Now } from './ports.ts';

/**
 * The server's clock. The machine's wall clock may be stepped while a party runs, so it is read once and the
 * monotonic clock carries it on.
 */
export function createServerClock(wallMs = () => Date.now(), monotonicMs = () => performance.now()): Now {
  const epochMs = wallMs() - monotonicMs();
  return () => epochMs + monotonicMs();
}
