/** What the servo does to a player that takes time. */
export type Move = 'seek' | 'start' | 'start_after_seek';

/** Seconds that each move takes until the player plays, learned from earlier moves. The servo aims each move ahead by it. */
export type LatencyCompensation = Readonly<Record<Move, { latencySec: number; samples: number }>>;

/**
 * Assumed before the first sample: between the 10 ms of a silent video and the 100 ms of one with sound (Chromium 156).
 * From either the rate soon corrects the rest, and the player's own samples count from then on.
 */
export const INITIAL_LATENCY: LatencyCompensation = {
  seek: { latencySec: 0.05, samples: 0 },
  start: { latencySec: 0.01, samples: 0 },
  start_after_seek: { latencySec: 0.04, samples: 0 },
};

export const MAX_LATENCY_SEC = 3;
/** The first samples count almost in full. Later ones are mostly noise, unless they miss by much. */
const LEARN_FAST = 0.9;
const LEARN_SLOWLY = 0.3;
const FAST_SAMPLES = 2;
const MISSED_SEC = 0.04;

/** `driftSec`: the position after the move minus the position it aimed at. */
export function learnLatency(before: LatencyCompensation, move: Move, driftSec: number): LatencyCompensation {
  const { latencySec, samples } = before[move];
  const fast = samples < FAST_SAMPLES || Math.abs(driftSec) > MISSED_SEC;
  const learned = latencySec - driftSec * (fast ? LEARN_FAST : LEARN_SLOWLY);
  const bounded = Math.max(0, Math.min(MAX_LATENCY_SEC, learned));
  return { ...before, [move]: { latencySec: bounded, samples: samples + 1 } };
}
