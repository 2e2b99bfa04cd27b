import { describe, expect, it } from 'vitest';
import { estimatePlayhead, addSample, NO_PLAYHEAD } from '../../src/sync/playhead.ts';

/** Samples a player for `ms`, about every 100 ms. `shown` maps the true position, in ms, to what its clock tells. */
function watch(ms: number, shown: (trueMs: number) => number, rateAt: (atMs: number) => number = () => 1) {
  let playhead = NO_PLAYHEAD;
  let trueMs = 5000;
  for (let atMs = 0; atMs <= ms; atMs += 97) {
    if (atMs > 0) trueMs += 97 * rateAt(atMs);
    playhead = addSample(playhead, { atMs, positionSec: shown(trueMs) / 1000, rate: rateAt(atMs) });
  }
  const estimate = estimatePlayhead(playhead);
  return {
    offMs: (estimate?.positionSec ?? NaN) * 1000 - trueMs,
    uncertaintyMs: (estimate?.uncertaintySec ?? NaN) * 1000,
  };
}

describe('the playhead', () => {
  it('The playhead agrees with an exact clock.', () => {
    expect(watch(2000, (ms) => ms).offMs).toBeCloseTo(0, 6);
  });

  it('The median removes the rounding of a clock.', () => {
    expect(Math.abs(watch(2000, (ms) => Math.round(ms * 5) / 5).offMs)).toBeLessThan(0.15);
  });

  it('The playhead follows the rate that the player was given.', () => {
    expect(
      watch(
        3000,
        (ms) => ms,
        (atMs) => (atMs > 1500 ? 1.08 : 1),
      ).offMs,
    ).toBeCloseTo(0, 6);
  });

  it('A clock that stands for 40 ms at a time gives the end of its step (Firefox).', () => {
    const { offMs, uncertaintyMs } = watch(4000, (ms) => Math.floor(ms / 40) * 40);
    expect(Math.abs(offMs)).toBeLessThan(3);
    expect(uncertaintyMs).toBeLessThan(3);
  });

  it('A clock that swings by 5 ms gives the middle of its sawtooth (Chromium, pitch preserved).', () => {
    const { offMs, uncertaintyMs } = watch(4000, (ms) => ms + ((ms * 1.7) % 10) - 5);
    expect(Math.abs(offMs)).toBeLessThan(1.5);
    expect(uncertaintyMs).toBeLessThan(1.5);
  });

  it('A moved player restarts the playhead.', () => {
    let playhead = NO_PLAYHEAD;
    for (let atMs = 0; atMs < 1000; atMs += 100)
      playhead = addSample(playhead, { atMs, positionSec: atMs / 1000, rate: 1 });
    playhead = addSample(playhead, { atMs: 1000, positionSec: 60, rate: 1 });
    expect(estimatePlayhead(playhead)?.positionSec).toBe(60);
  });

  it('The playhead is unknown before the first sample.', () =>
    expect(estimatePlayhead(NO_PLAYHEAD)).toBeNull());
});
