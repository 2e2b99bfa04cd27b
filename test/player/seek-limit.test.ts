import { expect, it } from 'vitest';
import { SeekLimit } from '../../src/player/seek-limit.ts';

it('keeps jumps apart, and further apart when there are many', () => {
  const limit = new SeekLimit();
  const madeAtMs: number[] = [];
  for (let nowMs = 0; nowMs < 20_000; nowMs += 50) {
    if (limit.waitMs(nowMs, 1000) > 0) continue;
    limit.made(nowMs);
    madeAtMs.push(nowMs);
  }
  expect(madeAtMs.slice(0, 7)).toEqual([0, 1000, 2000, 3000, 4000, 6000, 8000]);
  expect(madeAtMs).toHaveLength(12);
});

it('lets every jump pass where the site does not mind', () => {
  const limit = new SeekLimit();
  limit.made(5);
  expect(limit.waitMs(5, 0)).toBe(0);
});
