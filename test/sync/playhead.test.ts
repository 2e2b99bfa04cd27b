import { describe, expect, it } from 'vitest';
import { estimatePlayhead, looked, NO_PLAYHEAD } from '../../src/sync/playhead.ts';

/** Looks at a player for `ms`, about every 100 ms; `shown` is what its clock makes of the true position, in ms. */
function watch(ms: number, shown: (trueMs: number) => number, rateAt: (atMs: number) => number = () => 1) {
  let playhead = NO_PLAYHEAD;
  let trueMs = 5000;
  for (let atMs = 0; atMs <= ms; atMs += 97) {
    if (atMs > 0) trueMs += 97 * rateAt(atMs);
    playhead = looked(playhead, { atMs, positionSec: shown(trueMs) / 1000, rate: rateAt(atMs) });
  }
  const estimate = estimatePlayhead(playhead);
  return {
    offMs: (estimate?.positionSec ?? NaN) * 1000 - trueMs,
    uncertaintyMs: (estimate?.uncertaintySec ?? NaN) * 1000,
  };
}

describe('where the film really is', () => {
  it('is what an exact clock says', () => {
    expect(watch(2000, (ms) => ms).offMs).toBeCloseTo(0, 6);
  });

  it('is found under a clock that is rounded', () => {
    expect(Math.abs(watch(2000, (ms) => Math.round(ms * 5) / 5).offMs)).toBeLessThan(0.15);
  });

  it('follows the rate that the player was given', () => {
    expect(
      watch(
        3000,
        (ms) => ms,
        (atMs) => (atMs > 1500 ? 1.08 : 1),
      ).offMs,
    ).toBeCloseTo(0, 6);
  });

  it('is the end of the step under a clock that stands for 40 ms at a time (Firefox)', () => {
    const { offMs, uncertaintyMs } = watch(4000, (ms) => Math.floor(ms / 40) * 40);
    expect(Math.abs(offMs)).toBeLessThan(3);
    expect(uncertaintyMs).toBeLessThan(3);
  });

  it('is the middle of the sawtooth under a clock that swings by 5 ms (Chromium, pitch preserved)', () => {
    const { offMs, uncertaintyMs } = watch(4000, (ms) => ms + ((ms * 1.7) % 10) - 5);
    expect(Math.abs(offMs)).toBeLessThan(1.5);
    expect(uncertaintyMs).toBeLessThan(1.5);
  });

  it('begins anew when the player was moved', () => {
    let playhead = NO_PLAYHEAD;
    for (let atMs = 0; atMs < 1000; atMs += 100)
      playhead = looked(playhead, { atMs, positionSec: atMs / 1000, rate: 1 });
    playhead = looked(playhead, { atMs: 1000, positionSec: 60, rate: 1 });
    expect(estimatePlayhead(playhead)?.positionSec).toBe(60);
  });

  it('is unknown before the first look', () => expect(estimatePlayhead(NO_PLAYHEAD)).toBeNull());
});
