import { describe, expect, test } from 'vitest';
import { Random } from '../sim/random.ts';
import { correlate } from './sync/rulers/correlate.ts';

const random = new Random(7);
const noise = Float64Array.from({ length: 6000 }, () => random.between(-1, 1));
const from = (start: number) => noise.slice(start, start + 4096);

describe('two recordings of one noise', () => {
  test.each([0, 1, -37, 240, -900])('are matched at a lag of %i samples', (lag) => {
    const { lagSamples, likeness } = correlate(from(1000), from(1000 + lag), 1000);
    expect(lagSamples).toBeCloseTo(lag, 1);
    expect(likeness).toBeGreaterThan(0.7);
  });

  test('are matched between samples', () => {
    const smooth = (start: number) =>
      Float64Array.from({ length: 4096 }, (_, index) => {
        const at = start + index;
        return Math.sin(at / 7) + Math.sin(at / 11.3) + Math.sin(at / 3.1);
      });
    expect(correlate(smooth(100), smooth(100.5), 5).lagSamples).toBeCloseTo(0.5, 1);
  });

  test('of different noise are not alike', () => {
    const other = Float64Array.from({ length: 4096 }, () => random.between(-1, 1));
    expect(correlate(from(0), other, 1000).likeness).toBeLessThan(0.2);
  });
});
