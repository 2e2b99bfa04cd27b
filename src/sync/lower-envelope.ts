/** One-way delays as two unsynchronised clocks show them: the true delay plus (up) or minus (down) the clock offset. */
export type DelaySamples = readonly { ageMs: number; delayMs: number }[];

const PASSES = 4;
/** How fast the weight of a delay above the minimum falls: with the cube, a few fast messages outweigh many slow ones. */
const POWER = 3;
/** Delays this close count as minimal: a part of the median delay above the minimum, and in ms at least. */
const NEAR_MINIMUM = 0.3;
const NEAR_AT_LEAST_MS = 0.2;

/**
 * Fits a weighted line to the lower envelope of the delays of each way, with one slope for both. Returns the offset now
 * and its drift (ms per ms). A queue only ever delays, so the fastest messages are right, and a fast request need not
 * belong to a fast reply. Of eight filters tried over uniform, exponential and normal jitter with spikes, this one was the
 * best or near it on each (docs/sync.md, "The clock").
 *
 * @param maxDrift The largest drift there is. It counts as one standard deviation before anything is measured: a few
 *   exchanges of a jittery link are not taken for a drift, while many, or those of a quiet link, are.
 */
export function fitLowerEnvelope(
  up: DelaySamples,
  down: DelaySamples,
  maxDrift: number,
): { offsetMs: number; drift: number } {
  let drift = 0;
  let offsetMs = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    // Without the drift found so far, the delays of both ways are level.
    const upDelays = leveled(up, drift);
    const downDelays = leveled(down, -drift);
    const nearMs = Math.max(
      NEAR_AT_LEAST_MS,
      (NEAR_MINIMUM * (medianAboveMinimum(upDelays) + medianAboveMinimum(downDelays))) / 2,
    );
    const upFit = weighted(up, upDelays, nearMs);
    const downFit = weighted(down, downDelays, nearMs);
    // A message at the minimum weighs near^-3, and tells its delay to about `near`.
    const prior = nearMs ** (2 - POWER) / maxDrift ** 2;
    const spread = upFit.spread + downFit.spread + prior;
    // If the offset falls, older delays of the way up are higher, and those of the way down lower.
    const rest = (downFit.tilt - upFit.tilt - drift * prior) / spread;
    const next = Math.max(-maxDrift, Math.min(maxDrift, drift + rest));
    const step = next - drift;
    drift = next;
    offsetMs = (upFit.delayMs + step * upFit.ageMs - (downFit.delayMs - step * downFit.ageMs)) / 2;
  }
  return { offsetMs, drift };
}

function leveled(samples: DelaySamples, drift: number): Float64Array {
  const delays = new Float64Array(samples.length);
  for (const [at, { ageMs, delayMs }] of samples.entries()) delays[at] = delayMs + drift * ageMs;
  return delays;
}

function medianAboveMinimum(delays: Float64Array): number {
  const sorted = delays.toSorted();
  return (sorted[sorted.length >> 1] ?? 0) - (sorted[0] ?? 0);
}

/**
 * The weighted means of age and delay, and the two sums of a line through them. It makes one pass over plain numbers, since
 * a session fits up to 320 exchanges four times for each reply of the clock.
 */
function weighted(samples: DelaySamples, delays: Float64Array, nearMs: number) {
  let leastMs = Infinity;
  for (const delayMs of delays) leastMs = Math.min(leastMs, delayMs);
  const sums = { weight: 0, age: 0, delay: 0, ageAge: 0, ageDelay: 0 };
  // Ages count from the first sample, so that the squares keep their fractions.
  const fromMs = samples[0]?.ageMs ?? 0;
  for (const [at, point] of samples.entries()) {
    const aboveMs = (delays[at] ?? 0) - leastMs;
    const age = point.ageMs - fromMs;
    const weight = (aboveMs + nearMs) ** -POWER;
    sums.weight += weight;
    sums.age += weight * age;
    sums.delay += weight * aboveMs;
    sums.ageAge += weight * age * age;
    sums.ageDelay += weight * age * aboveMs;
  }
  const { weight } = sums;
  const age = sums.age / weight;
  const delay = sums.delay / weight;
  const spread = sums.ageAge - weight * age * age;
  const tilt = sums.ageDelay - weight * age * delay;
  return { ageMs: age + fromMs, delayMs: delay + leastMs, spread, tilt };
}
