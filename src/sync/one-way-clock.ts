import type { ClockEstimate } from './clock.ts';

/**
 * The clock of a server that knows only v1: it stamps what it sends (`nowMs`, `serverTsMs`) and acks what it gets, but
 * never both at once. The stamp that travelled fastest is late by one way of the shortest round trip.
 */
export interface OneWayClock {
  /** Largest (server stamp - local receive time) seen, in ms. */
  latestOffsetMs: number | null;
  /** Shortest request-to-ack time seen, in ms. */
  ackRttMs: number | null;
}

export const NO_ONE_WAY_CLOCK: OneWayClock = { latestOffsetMs: null, ackRttMs: null };

/** Without any round trip measured, one way is assumed to be at most this long. */
const UNKNOWN_RTT_MS = 200;

export function withServerStamp(clock: OneWayClock, serverMs: number, receivedAtMs: number): OneWayClock {
  const offsetMs = serverMs - receivedAtMs;
  return { ...clock, latestOffsetMs: Math.max(clock.latestOffsetMs ?? -Infinity, offsetMs) };
}

export function withAckRtt(clock: OneWayClock, rttMs: number): OneWayClock {
  return { ...clock, ackRttMs: Math.min(clock.ackRttMs ?? Infinity, rttMs) };
}

export function estimateOneWay(clock: OneWayClock): ClockEstimate | null {
  if (clock.latestOffsetMs === null) return null;
  const rttMs = clock.ackRttMs ?? UNKNOWN_RTT_MS;
  const assumedOneWayMs = clock.ackRttMs === null ? 0 : rttMs / 2;
  return { offsetMs: clock.latestOffsetMs + assumedOneWayMs, boundMs: rttMs / 2, rttMs };
}
