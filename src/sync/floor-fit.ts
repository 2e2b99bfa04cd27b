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
    const ups = leveled(up, drift);
    const downs = leveled(down, -drift);
    const nearMs = Math.max(NEAREST_MS, (NEAR * (medianAboveFloor(ups) + medianAboveFloor(downs))) / 2);
    const upFit = weighted(ups, nearMs);
    const downFit = weighted(downs, nearMs);
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

function leveled(floor: Floor, drift: number): Floor {
  return floor.map(({ ageMs, delayMs }) => ({ ageMs, delayMs: delayMs + drift * ageMs }));
}

function medianAboveFloor(floor: Floor): number {
  const sorted = floor.map(({ delayMs }) => delayMs).sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) - (sorted[0] ?? 0);
}

/** Weighted means of age and delay, and the two sums of a line through them. */
function weighted(floor: Floor, nearMs: number) {
  const leastMs = Math.min(...floor.map(({ delayMs }) => delayMs));
  const points = floor.map((point) => ({
    ...point,
    weight: (point.delayMs - leastMs + nearMs) ** -POWER,
  }));
  const sum = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((total, point) => total + point.weight * of(point), 0);
  const weight = sum(() => 1);
  const ageMs = sum((point) => point.ageMs) / weight;
  const delayMs = sum((point) => point.delayMs) / weight;
  const spread = sum((point) => (point.ageMs - ageMs) ** 2);
  const tilt = sum((point) => (point.ageMs - ageMs) * (point.delayMs - delayMs));
  return { weight, ageMs, delayMs, spread, tilt };
}
