import { describe, expect, test } from 'vitest';
import { Bracket } from './sync/clocks/bracket.ts';
import type { RawSample } from './sync/rulers/media-clock.ts';
import { alignTracks, pairErrors, settledAfterMs } from './sync/rulers/pairs.ts';
import type { Track } from './sync/rulers/recording.ts';

function track(name: string, positionAt: (atMs: number) => number, phaseMs: number): Track {
  const samples = Array.from({ length: 60 }, (_, index): RawSample => {
    const atMs = index * 100 + phaseMs;
    return [atMs, positionAt(atMs), 1, 0];
  });
  const mapping = { offsetMs: 0, boundMs: 0, consistent: true, exchanges: 1 };
  return { name, samples, events: [], frames: [], mapping };
}

const steady = track('Ana', (atMs) => 5 + atMs / 1000, 0);

describe('films read at different times', () => {
  test('are compared at the same instants', () => {
    const ahead = track('Ben', (atMs) => 5.025 + atMs / 1000, 37);
    const instants = alignTracks([steady, ahead], { fromMs: 500, toMs: 4000 });
    const [pair] = pairErrors(['Ana', 'Ben'], instants);
    expect(pair?.errors).toHaveLength(36);
    for (const { ms } of pair?.errors ?? []) expect(ms).toBeCloseTo(-25, 6);
  });

  test('are not seen where there are no samples, and that is counted', () => {
    const gone = track('Ben', (atMs) => 5 + atMs / 1000, 0);
    gone.samples.splice(20, 20);
    const [pair] = pairErrors(['Ana', 'Ben'], alignTracks([steady, gone], { fromMs: 1000, toMs: 5000 }));
    expect((pair?.errors.length ?? 0) + (pair?.unseen ?? 0)).toBe(41);
    expect(pair?.unseen).toBe(20);
  });

  test('have settled when they stay together, not when they first pass each other', () => {
    const crossing = track(
      'Ben',
      (atMs) => 5 + atMs / 1000 + (atMs < 3000 ? Math.abs(atMs - 1500) / 1e4 : 0),
      0,
    );
    const instants = alignTracks([steady, crossing], { fromMs: 1000, toMs: 5000 });
    expect(settledAfterMs(instants, 1000, 10)).toBe(2000);
  });

  test('that are apart at the end never settled', () => {
    const late = track('Ben', (atMs) => 5 + atMs / 1000 + (atMs > 4900 ? 0.5 : 0), 0);
    expect(settledAfterMs(alignTracks([steady, late], { fromMs: 0, toMs: 5000 }), 0, 10)).toBeNull();
  });
});

describe('a clock that is asked across a slow line', () => {
  test('lies between what all exchanges allow', () => {
    const bracket = new Bracket();
    // The remote clock is 1000 ahead; the way there and back takes turns in being slow.
    bracket.add(0, 1000 + 5, 1000 + 5, 5.2);
    bracket.add(10, 1010 + 0.2, 1010 + 0.2, 16);
    const { offsetMs, boundMs, consistent } = bracket.mapping;
    expect(consistent).toBe(true);
    expect(Math.abs(offsetMs - 1000)).toBeLessThanOrEqual(boundMs);
    expect(boundMs).toBeLessThan(0.3);
  });

  test('that was stepped contradicts itself', () => {
    const bracket = new Bracket();
    bracket.add(0, 1000, 1000, 1);
    bracket.add(10, 2010, 2010, 11);
    expect(bracket.mapping.consistent).toBe(false);
  });
});
