/**
 * The true position of a playing video, estimated from readings of its player. Chromium's `currentTime` is exact to 0.1 ms,
 * or to ±5 ms while it stretches sound to keep its pitch. Firefox's stands still for 40 ms and then catches up
 * (docs/sync.md, "The playhead").
 */
export interface Playhead {
  /** Each reading minus the distance that the rate has carried the player since `samples[0]`, oldest first. */
  readonly samples: readonly { atMs: number; baseSec: number }[];
  readonly advancedSec: number;
}

export interface PlayheadEstimate {
  positionSec: number;
  /** The true position is at most this far away, in seconds. */
  uncertaintySec: number;
}

export const NO_PLAYHEAD: Playhead = { samples: [], advancedSec: 0 };

/** An exact clock needs this many samples, whose median removes its rounding. */
const EXACT_SAMPLES = 5;
const EXACT_WITHIN_SEC = 0.002;
const KEPT = 30;
const KEPT_FOR_MS = 4000;
/** A larger step is no error of a player's clock: the player was moved or stood still. */
const MOVED_SEC = 0.08;
/** A clock whose samples differ by more than this moves in steps. */
const STEPS_FROM_SEC = 0.02;
/** The smallest error of any sample: `performance.now` has 0.1 ms (HR-Time §8.1). */
const SAMPLE_ERROR_SEC = 0.0001;

/** Adds a reading of a player that has run at `rate` since the last one. */
export function addSample(
  before: Playhead,
  reading: { atMs: number; positionSec: number; rate: number },
): Playhead {
  const last = before.samples.at(-1);
  const elapsedSec = last ? (reading.atMs - last.atMs) / 1000 : 0;
  const advancedSec = before.advancedSec + reading.rate * elapsedSec;
  const sample = { atMs: reading.atMs, baseSec: reading.positionSec - advancedSec };
  if (last && Math.abs(sample.baseSec - last.baseSec) > MOVED_SEC) {
    return { samples: [{ atMs: reading.atMs, baseSec: reading.positionSec }], advancedSec: 0 };
  }
  const recent = before.samples.filter(({ atMs }) => reading.atMs - atMs < KEPT_FOR_MS);
  return { samples: [...recent, sample].slice(-KEPT), advancedSec };
}

/** The position at the last sample; `null` before the first. */
export function estimatePlayhead({ samples, advancedSec }: Playhead): PlayheadEstimate | null {
  if (samples.length === 0) return null;
  const exact = samples.slice(-EXACT_SAMPLES).map(({ baseSec }) => baseSec);
  if (spread(exact) <= EXACT_WITHIN_SEC) {
    return { positionSec: advancedSec + median(exact), uncertaintySec: SAMPLE_ERROR_SEC };
  }
  const values = samples.map(({ baseSec }) => baseSec);
  const widthSec = spread(values);
  const count = values.length;
  if (widthSec < STEPS_FROM_SEC) {
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    return { positionSec: advancedSec + mean, uncertaintySec: widthSec / (2 * Math.sqrt(count)) };
  }
  // Samples fall anywhere in a step, so the best of them is short of its end by one part in their number.
  const shortSec = widthSec / Math.max(1, count - 1);
  return { positionSec: advancedSec + Math.max(...values) + shortSec, uncertaintySec: shortSec };
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
