import { fitLowerEnvelope, type DelaySamples } from './lower-envelope.ts';

/**
 * The other side's clock, estimated from four-timestamp exchanges (RFC 5905 §8). All times in ms; both clocks must be
 * monotonic, since a wall clock may step between two stamps.
 */
export interface Exchange {
  /** Request sent, on the local clock. */
  t1Ms: number;
  /** Request received, on the remote clock. */
  t2Ms: number;
  /** Reply sent, on the remote clock. */
  t3Ms: number;
  /** Reply received, on the local clock. */
  t4Ms: number;
}

/** `remote = local + offsetMs`. The true offset lies within ±boundMs, as long as the clocks drift ≤ 100 ppm apart. */
export interface ClockEstimate {
  offsetMs: number;
  boundMs: number;
  /** The shortest round trip among the exchanges in use. */
  rttMs: number;
}

/** The exchanges with a remote clock, and what they tell of it. */
export interface Clock {
  /** Oldest first. */
  readonly exchanges: readonly Exchange[];
  readonly known: Known | null;
}

interface Known {
  /** The local time for which the other fields hold. */
  atMs: number;
  offsetMs: number;
  /** Change of the offset per ms. */
  drift: number;
  /** The exchanges exclude an offset below or above. */
  lowestMs: number;
  highestMs: number;
  rttMs: number;
}

export const NO_CLOCK: Clock = { exchanges: [], known: null };

/** Ten minutes tell a drift of a few ppm from jitter. */
const WINDOW_MS = 600_000;
const KEPT = 320;
/** Two crystals differ by 5-30 ppm (Huygens, NSDI'18); a bad one by 100. */
const DRIFT_PER_MS = 100e-6;
/** Browsers round their clocks, Firefox to 1 ms. */
const ROUNDING_MS = 2;

/** Adds an exchange. Drops all others if it proves that one of the clocks was stepped or stood still. */
export function withExchange(clock: Clock, exchange: Exchange): Clock {
  const nowMs = exchange.t4Ms;
  const before = clock.known && widened(clock.known, nowMs);
  const own = allowedBy(exchange, nowMs);
  const possible =
    before === null ||
    (own.lowestMs <= before.highestMs + ROUNDING_MS && own.highestMs >= before.lowestMs - ROUNDING_MS);
  const earlier = possible ? clock.exchanges : [];
  const exchanges = [...earlier.filter(({ t1Ms }) => nowMs - t1Ms < WINDOW_MS), exchange].slice(-KEPT);
  return { exchanges, known: fitClock(exchanges, nowMs) };
}

/** The clock at the local time `nowMs`, or `null` without exchanges. */
export function estimateClock({ known }: Clock, nowMs: number): ClockEstimate | null {
  if (!known) return null;
  const { lowestMs, highestMs } = widened(known, nowMs);
  const offsetMs = within(known.offsetMs + known.drift * (nowMs - known.atMs), lowestMs, highestMs);
  return { offsetMs, boundMs: Math.max(highestMs - offsetMs, offsetMs - lowestMs), rttMs: known.rttMs };
}

function fitClock(exchanges: readonly Exchange[], nowMs: number): Known {
  const limits = exchanges.map((each) => allowedBy(each, nowMs));
  const lowestMs = Math.max(...limits.map((each) => each.lowestMs));
  const highestMs = Math.min(...limits.map((each) => each.highestMs));
  const rttMs = Math.min(...exchanges.map(roundTripMs));
  return { atMs: nowMs, ...fittedOffset(exchanges, nowMs), lowestMs, highestMs, rttMs };
}

/** The offset is half the difference of the two ways' minimum delays, if both ways are equally fast. */
function fittedOffset(exchanges: readonly Exchange[], nowMs: number): { offsetMs: number; drift: number } {
  const first = exchanges[0];
  // Offsets counted from 1970 would cost the sums their fractions.
  const referenceMs = first ? first.t2Ms - first.t1Ms : 0;
  const up: DelaySamples = exchanges.map(({ t1Ms, t2Ms }) => ({
    ageMs: nowMs - t1Ms,
    delayMs: t2Ms - t1Ms - referenceMs,
  }));
  const down: DelaySamples = exchanges.map(({ t3Ms, t4Ms }) => ({
    ageMs: nowMs - t4Ms,
    delayMs: t4Ms - t3Ms + referenceMs,
  }));
  const { offsetMs, drift } = fitLowerEnvelope(up, down, DRIFT_PER_MS);
  return { offsetMs: offsetMs + referenceMs, drift };
}

/** The offsets that one exchange allows, since no message arrives before it was sent. */
function allowedBy({ t1Ms, t2Ms, t3Ms, t4Ms }: Exchange, nowMs: number) {
  const slackMs = DRIFT_PER_MS * Math.max(0, nowMs - t1Ms);
  return { lowestMs: t3Ms - t4Ms - slackMs, highestMs: t2Ms - t1Ms + slackMs };
}

function widened({ atMs, lowestMs, highestMs }: Known, nowMs: number) {
  const slackMs = DRIFT_PER_MS * Math.max(0, nowMs - atMs);
  // Rounded stamps can make the two limits cross by a little.
  const crossedMs = Math.max(0, lowestMs - highestMs) / 2;
  return { lowestMs: lowestMs - crossedMs - slackMs, highestMs: highestMs + crossedMs + slackMs };
}

function roundTripMs({ t1Ms, t2Ms, t3Ms, t4Ms }: Exchange): number {
  return Math.max(0, t4Ms - t1Ms - (t3Ms - t2Ms));
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
