/**
 * Where a playing film really is, from what its player says. Chromium's `currentTime` is true to 0.1 ms, or to ±5 ms while
 * it stretches sound to keep its pitch; Firefox's stands still for 40 ms and then catches up (docs/sync.md, "The playhead").
 */
export interface Playhead {
  /** What the player said minus how far its rate has carried it since `samples[0]`, oldest first. */
  readonly samples: readonly { atMs: number; restSec: number }[];
  readonly advancedSec: number;
}

export interface PlayheadEstimate {
  positionSec: number;
  /** Half the width of where it may be, in seconds. */
  uncertaintySec: number;
}

export const NO_PLAYHEAD: Playhead = { samples: [], advancedSec: 0 };

/** An exact clock needs no more than this many looks, taken together to lose its rounding. */
const EXACT_LOOKS = 5;
const EXACT_WITHIN_SEC = 0.002;
const KEPT = 30;
const KEPT_FOR_MS = 4000;
/** Beyond what any player's clock does by itself: it was moved or stood still. */
const MOVED_SEC = 0.08;
/** A clock that lags by more than this now and then only moves in steps. */
const STEPS_FROM_SEC = 0.02;
/** The least that any look is off by: `performance.now` has 0.1 ms (HR-Time §8.1). */
const LOOK_SEC = 0.0001;

/** One more look at a player that runs at `rate` since the last one. */
export function looked(
  before: Playhead,
  look: { atMs: number; positionSec: number; rate: number },
): Playhead {
  const last = before.samples.at(-1);
  const elapsedSec = last ? (look.atMs - last.atMs) / 1000 : 0;
  const advancedSec = before.advancedSec + look.rate * elapsedSec;
  const sample = { atMs: look.atMs, restSec: look.positionSec - advancedSec };
  if (last && Math.abs(sample.restSec - last.restSec) > MOVED_SEC) {
    return { samples: [{ atMs: look.atMs, restSec: look.positionSec }], advancedSec: 0 };
  }
  const recent = before.samples.filter(({ atMs }) => look.atMs - atMs < KEPT_FOR_MS);
  return { samples: [...recent, sample].slice(-KEPT), advancedSec };
}

/** Where the film was at the last look; `null` before the first. */
export function estimatePlayhead({ samples, advancedSec }: Playhead): PlayheadEstimate | null {
  if (samples.length === 0) return null;
  const exact = samples.slice(-EXACT_LOOKS).map(({ restSec }) => restSec);
  if (spread(exact) <= EXACT_WITHIN_SEC) {
    return { positionSec: advancedSec + median(exact), uncertaintySec: LOOK_SEC };
  }
  const rests = samples.map(({ restSec }) => restSec);
  const widthSec = spread(rests);
  const count = rests.length;
  if (widthSec < STEPS_FROM_SEC) {
    const mean = rests.reduce((sum, rest) => sum + rest, 0) / count;
    return { positionSec: advancedSec + mean, uncertaintySec: widthSec / (2 * Math.sqrt(count)) };
  }
  // Looks fall anywhere in a step, so the best of them is short of its end by one part in so many.
  const shortSec = widthSec / Math.max(1, count - 1);
  return { positionSec: advancedSec + Math.max(...rests) + shortSec, uncertaintySec: shortSec };
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
