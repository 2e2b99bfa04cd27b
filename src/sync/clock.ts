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

/** `remote = local + offsetMs`, and the true offset lies within ±boundMs. */
export interface ClockEstimate {
  offsetMs: number;
  boundMs: number;
  /** The shortest round trip among the samples in use. */
  rttMs: number;
}

export interface ClockSample {
  offsetMs: number;
  rttMs: number;
  /** When the request was sent: the clocks drift during the exchange too, so its age counts from there. */
  atMs: number;
}

/** One best sample per bucket, oldest first. */
export type ClockSamples = readonly ClockSample[];

const BUCKET_MS = 10_000;
const WINDOW_MS = 300_000;
/** Two crystals differ by 5-30 ppm (Huygens, NSDI'18); 50 ppm of the sample's age is a safe bound. */
const DRIFT_PER_MS = 50e-6;
/** A sample further off than both bounds and this much means a clock was stepped or the machine slept. */
const STEP_SLACK_MS = 5;

export function sampleOf({ t1Ms, t2Ms, t3Ms, t4Ms }: Exchange): ClockSample {
  return {
    offsetMs: (t2Ms - t1Ms + (t3Ms - t4Ms)) / 2,
    rttMs: Math.max(0, t4Ms - t1Ms - (t3Ms - t2Ms)),
    atMs: t1Ms,
  };
}

/** Adds a sample; forgets all others when it proves that one of the clocks was stepped. */
export function withSample(samples: ClockSamples, sample: ClockSample): ClockSamples {
  const known = estimateClock(samples, sample.atMs);
  if (known) {
    const possibleMs = sample.rttMs / 2 + known.boundMs + STEP_SLACK_MS;
    if (Math.abs(sample.offsetMs - known.offsetMs) > possibleMs) return [sample];
  }
  const recent = samples.filter((old) => sample.atMs - old.atMs < WINDOW_MS);
  const last = recent.at(-1);
  if (last && Math.floor(last.atMs / BUCKET_MS) === Math.floor(sample.atMs / BUCKET_MS)) {
    return last.rttMs <= sample.rttMs ? recent : [...recent.slice(0, -1), sample];
  }
  return [...recent, sample];
}

/** The sample of least dispersion (half its round trip plus drift over its age), or `null` without samples. */
export function estimateClock(samples: ClockSamples, nowMs: number): ClockEstimate | null {
  let best: ClockEstimate | null = null;
  for (const { offsetMs, rttMs, atMs } of samples) {
    const boundMs = rttMs / 2 + Math.max(0, nowMs - atMs) * DRIFT_PER_MS;
    if (!best || boundMs < best.boundMs) best = { offsetMs, rttMs, boundMs };
  }
  return best;
}
