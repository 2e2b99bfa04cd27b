import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateClock, sampleOf, withSample, type ClockSamples } from '../../src/sync/index.ts';

interface Trip {
  upMs: number;
  downMs: number;
  afterMs: number;
}

/** Exchanges over a network, with a remote clock that is `offsetMs` ahead and runs `ppm` too fast. */
function exchange(trips: readonly Trip[], offsetMs: number, ppm: number, startMs = 1000) {
  const remote = (localMs: number) => localMs + offsetMs + (localMs - startMs) * (ppm / 1e6);
  let samples: ClockSamples = [];
  let nowMs = startMs;
  for (const { upMs, downMs, afterMs } of trips) {
    nowMs += afterMs;
    const t1Ms = nowMs;
    const t4Ms = t1Ms + upMs + 0.4 + downMs;
    const stamps = { t1Ms, t2Ms: remote(t1Ms + upMs), t3Ms: remote(t1Ms + upMs + 0.4), t4Ms };
    samples = withSample(samples, sampleOf(stamps));
    nowMs = t4Ms;
  }
  return { samples, nowMs, trueOffsetMs: remote(nowMs) - nowMs };
}

const trip = fc.record({
  upMs: fc.double({ min: 0, max: 400, noNaN: true }),
  downMs: fc.double({ min: 0, max: 400, noNaN: true }),
  afterMs: fc.double({ min: 1, max: 30_000, noNaN: true }),
});
const hours = fc.double({ min: -4e7, max: 4e7, noNaN: true });
/** Two crystals, each within what the estimator allows for (50 ppm). */
const ppm = fc.double({ min: -49, max: 49, noNaN: true });

describe('the estimate of the server’s clock', () => {
  it('holds the true offset within its bound, whatever jitter, asymmetry and drift', () => {
    fc.assert(
      fc.property(fc.array(trip, { minLength: 1, maxLength: 60 }), hours, ppm, (trips, offsetMs, drift) => {
        const { samples, nowMs, trueOffsetMs } = exchange(trips, offsetMs, drift);
        const clock = estimateClock(samples, nowMs);
        expect(clock).not.toBeNull();
        if (!clock) return;
        expect(Math.abs(clock.offsetMs - trueOffsetMs)).toBeLessThanOrEqual(clock.boundMs + 1e-6);
      }),
      { numRuns: 500 },
    );
  });

  it('counts the drift during the exchange itself into its bound', () => {
    const { samples, nowMs, trueOffsetMs } = exchange([{ upMs: 0, downMs: 20.008, afterMs: 1 }], 0, 49);
    const clock = estimateClock(samples, nowMs);
    expect(Math.abs((clock?.offsetMs ?? Infinity) - trueOffsetMs)).toBeLessThanOrEqual(clock?.boundMs ?? 0);
  });

  it('is exact over a symmetric link', () => {
    const { samples, nowMs } = exchange([{ upMs: 40, downMs: 40, afterMs: 5 }], 123_456, 0);
    expect(estimateClock(samples, nowMs)?.offsetMs).toBeCloseTo(123_456, 6);
  });

  it('is off by half the asymmetry, and says so', () => {
    const sample = sampleOf({ t1Ms: 0, t2Ms: 10, t3Ms: 10, t4Ms: 60 });
    expect(estimateClock([sample], 0)).toMatchObject({ offsetMs: -20, boundMs: 30 });
  });

  it('goes by the shortest round trip, not by the last', () => {
    const trips = [5, 300, 120].map((ms) => ({ upMs: ms, downMs: 5, afterMs: 100 }));
    const { samples, nowMs } = exchange(trips, 0, 0);
    expect(estimateClock(samples, nowMs)).toMatchObject({ rttMs: expect.closeTo(10, 6) as number });
  });

  it('lets a better sample age until a new one is worth more', () => {
    const quick = { offsetMs: 0, rttMs: 10, atMs: 0 };
    const slow = { offsetMs: 3, rttMs: 20, atMs: 200_000 };
    expect(estimateClock([quick, slow], 200_000)?.offsetMs).toBe(3);
    expect(estimateClock([quick, { ...slow, atMs: 20_000 }], 20_000)?.offsetMs).toBe(0);
  });

  it('begins anew at once when a clock was set or the machine slept', () => {
    const before = exchange([{ upMs: 5, downMs: 5, afterMs: 1 }], 0, 0);
    const stepped = withSample(before.samples, { offsetMs: 900, rttMs: 30, atMs: before.nowMs + 100 });
    expect(estimateClock(stepped, before.nowMs + 100)?.offsetMs).toBe(900);
  });

  it('takes a slow exchange for what it is, not for a clock that was set', () => {
    const before = exchange([{ upMs: 5, downMs: 5, afterMs: 1 }], 0, 0);
    const late = withSample(before.samples, { offsetMs: 200, rttMs: 400, atMs: before.nowMs + 100 });
    expect(estimateClock(late, before.nowMs + 100)?.offsetMs).toBeCloseTo(0, 6);
  });

  it('keeps at most one sample for every ten seconds of five minutes', () => {
    const trips = Array.from({ length: 2000 }, () => ({ upMs: 5, downMs: 5, afterMs: 500 }));
    expect(exchange(trips, 0, 0).samples.length).toBeLessThanOrEqual(31);
  });

  it('knows nothing without a sample', () => expect(estimateClock([], 0)).toBeNull());
});
