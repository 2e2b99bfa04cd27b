import { describe, expect, test } from 'vitest';
import { figuresOf, median, quantile, slope } from './statistics.ts';
import { settleRow } from './sync/scenarios/settle-row.ts';

describe('figures', () => {
  test('count every error, whatever its sign', () => {
    const errors = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? index + 1 : -(index + 1)));
    expect(figuresOf(errors)).toEqual({ samples: 100, medianMs: 50, p95Ms: 95, p99Ms: 99, maxMs: 100 });
  });

  test('of nothing are no figures', () => {
    expect(figuresOf([]).medianMs).toBeNaN();
    expect(quantile([], 0.5)).toBeNaN();
  });

  test('do not depend on the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  test('a drift is the slope of the line through all points', () => {
    const points = Array.from({ length: 50 }, (_, x) => [x, 3 + 0.0002 * x] as const);
    expect(slope(points)).toBeCloseTo(0.0002, 9);
  });
});

test('a trial that never settles makes the figures worse, not better', () => {
  const row = settleRow('join', 10, [100, null, 300]);
  expect(row).toMatchObject({ trials: 3, p50Ms: 300, p95Ms: Infinity, never: 1 });
});
