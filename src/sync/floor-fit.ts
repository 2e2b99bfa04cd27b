/** One-way delays as two unsynchronised clocks show them: the true delay plus (up) or minus (down) the offset. */
export type Floor = readonly { ageMs: number; delayMs: number }[];

const PASSES = 4;
/** How sharply a delay above the floor loses its say: with the cube, a few fast messages outweigh many slow ones. */
const POWER = 3;
/** What counts as "at the floor", as a part of the median delay above it; and in ms at least. */
const NEAR = 0.3;
const NEAREST_MS = 0.2;
/**
 * Offset now and its drift (ms per ms) from the delays of both ways: a weighted line through the floor of each, with one
 * slope for both. A queue only ever delays, so what is fast is right, and a fast request need not belong to a fast
 * reply; of eight filters tried over uniform, exponential and normal jitter with spikes this one was the best
 * or near it on each (docs/sync.md, "The clock").
 *
 * @param maxDrift Largest drift there is. Before anything is measured it counts as one standard deviation, so that few
 *   exchanges of a jittery link are not taken for a drift, and many, or those of a quiet link, are.
 */
export function fitLine(up: Floor, down: Floor, maxDrift: number): { offsetMs: number; drift: number } {
  let drift = 0;
  let offsetMs = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    // With the drift so far taken out, both ways are level.
    const upDelays = leveled(up, drift);
    const downDelays = leveled(down, -drift);
    const nearMs = Math.max(
      NEAREST_MS,
      (NEAR * (medianAboveFloor(upDelays) + medianAboveFloor(downDelays))) / 2,
    );
    const upFit = weighted(up, upDelays, nearMs);
    const downFit = weighted(down, downDelays, nearMs);
    // A message at the floor weighs near^-3, and tells its delay to about `near`.
    const prior = nearMs ** (2 - POWER) / maxDrift ** 2;
    const spread = upFit.spread + downFit.spread + prior;
    // Older delays of the way up are higher where the offset sinks, those of the way down lower.
    const rest = (downFit.tilt - upFit.tilt - drift * prior) / spread;
    const next = Math.max(-maxDrift, Math.min(maxDrift, drift + rest));
    const step = next - drift;
    drift = next;
    offsetMs = (upFit.delayMs + step * upFit.ageMs - (downFit.delayMs - step * downFit.ageMs)) / 2;
  }
  return { offsetMs, drift };
}

function leveled(floor: Floor, drift: number): Float64Array {
  const delays = new Float64Array(floor.length);
  for (const [at, { ageMs, delayMs }] of floor.entries()) delays[at] = delayMs + drift * ageMs;
  return delays;
}

function medianAboveFloor(delays: Float64Array): number {
  const sorted = delays.toSorted();
  return (sorted[sorted.length >> 1] ?? 0) - (sorted[0] ?? 0);
}

/**
 * Weighted means of age and delay, and the two sums of a line through them. One pass over plain numbers: a session fits up to
 * 320 exchanges four times for each answer of the clock.
 */
function weighted(floor: Floor, delays: Float64Array, nearMs: number) {
  let leastMs = Infinity;
  for (const delayMs of delays) leastMs = Math.min(leastMs, delayMs);
  const sums = { weight: 0, age: 0, delay: 0, ageAge: 0, ageDelay: 0 };
  // Counted from the first point, so that the squares keep their fractions.
  const fromMs = floor[0]?.ageMs ?? 0;
  for (const [at, point] of floor.entries()) {
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
