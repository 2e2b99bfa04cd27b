import type { ClockEstimate } from './clock.ts';

/**
 * The clock of a plain v1 server: it stamps what it sends (`nowMs`, `serverTsMs`) and acks what it receives, but never both
 * in one message. The stamp that travelled fastest is late by one way of the shortest round trip.
 */
export interface OneWayClock {
  /** Server stamp minus local receive time, in ms, with that time. Stamps that a later one has outdone are dropped. */
  stamps: readonly { offsetMs: number; atMs: number }[];
  /** Shortest request-to-ack time seen, in ms. */
  ackRttMs: number | null;
}

export const NO_ONE_WAY_CLOCK: OneWayClock = { stamps: [], ackRttMs: null };

/** Assumed round trip until one is measured. */
const UNKNOWN_RTT_MS = 200;
const WINDOW_MS = 600_000;
/** An old stamp loses this much per ms against newer ones, since the clocks drift apart meanwhile. */
const DRIFT_PER_MS = 50e-6;

export function withServerStamp(clock: OneWayClock, serverMs: number, receivedAtMs: number): OneWayClock {
  const offsetMs = serverMs - receivedAtMs;
  const better = (old: OneWayClock['stamps'][number]) =>
    receivedAtMs - old.atMs < WINDOW_MS && agedMs(old, receivedAtMs) > offsetMs;
  return { ...clock, stamps: [...clock.stamps.filter(better), { offsetMs, atMs: receivedAtMs }] };
}

export function withAckRtt(clock: OneWayClock, rttMs: number): OneWayClock {
  return { ...clock, ackRttMs: Math.min(clock.ackRttMs ?? Infinity, rttMs) };
}

export function estimateOneWay(clock: OneWayClock, nowMs: number): ClockEstimate | null {
  if (clock.stamps.length === 0) return null;
  const latestMs = Math.max(...clock.stamps.map((stamp) => agedMs(stamp, nowMs)));
  const rttMs = clock.ackRttMs ?? UNKNOWN_RTT_MS;
  const assumedOneWayMs = clock.ackRttMs === null ? 0 : rttMs / 2;
  return { offsetMs: latestMs + assumedOneWayMs, boundMs: rttMs / 2, rttMs };
}

function agedMs({ offsetMs, atMs }: { offsetMs: number; atMs: number }, nowMs: number): number {
  return offsetMs - Math.max(0, nowMs - atMs) * DRIFT_PER_MS;
}
