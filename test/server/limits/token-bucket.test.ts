import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../src/server/limits/token-bucket.ts';

const rate = fc.record({ burst: fc.integer({ min: 1, max: 300 }), perSec: fc.integer({ min: 1, max: 100 }) });
const takes = fc.array(fc.record({ afterMs: fc.nat(2000), count: fc.integer({ min: 1, max: 400 }) }), {
  maxLength: 40,
});

describe('a token bucket', () => {
  it('[ERR-5] grants the same after as long as it said, whatever was taken before', () => {
    fc.assert(
      fc.property(rate, takes, (given, history) => {
        const bucket = new TokenBucket(given, 0);
        let nowMs = 0;
        for (const { afterMs, count } of history) {
          nowMs += afterMs;
          const waitMs = bucket.take(nowMs, count);
          if (waitMs === 0) continue;
          nowMs += waitMs;
          expect(bucket.take(nowMs, count)).toBe(0);
        }
      }),
    );
  });

  it('[ERR-5] loses nothing by a refusal', () => {
    const bucket = new TokenBucket({ burst: 40, perSec: 10 }, 0);
    for (let i = 0; i < 35; i += 1) bucket.take(0);
    for (let i = 0; i < 20; i += 1) expect(bucket.take(0, 10)).toBe(500);
    for (let i = 0; i < 5; i += 1) expect(bucket.take(0)).toBe(0);
  });

  it('A bucket never grants more than its burst and its refills.', () => {
    fc.assert(
      fc.property(rate, takes, (given, history) => {
        const bucket = new TokenBucket(given, 0);
        let [nowMs, granted] = [0, 0];
        for (const { afterMs, count } of history) {
          nowMs += afterMs;
          const amount = Math.min(count, given.burst);
          if (bucket.take(nowMs, amount) === 0) granted += amount;
          expect(granted).toBeLessThanOrEqual(given.burst + (given.perSec * nowMs) / 1000 + 1e-6);
        }
      }),
    );
  });

  it('[LIM-2] is exhausted by refusals without rest, and forgets them when it is full again', () => {
    const bucket = new TokenBucket({ burst: 10, perSec: 10, debt: 5 }, 0);
    for (let i = 0; i < 14; i += 1) bucket.take(0);
    expect(bucket.exhausted).toBe(false);
    bucket.take(0);
    expect(bucket.exhausted).toBe(true);
    bucket.take(1000);
    expect(bucket.exhausted).toBe(false);
  });
});
