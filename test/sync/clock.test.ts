import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateClock, NO_CLOCK, withExchange, type Exchange } from '../../src/sync/index.ts';
import { Random } from '../sim/random.ts';

interface Trip {
  upMs: number;
  downMs: number;
  afterMs: number;
}

/** Exchanges over a network, with a remote clock that is `offsetMs` ahead and runs `ppm` too fast. */
function exchange(trips: readonly Trip[], offsetMs: number, ppm: number, startMs = 1000) {
  const remote = (localMs: number) => localMs + offsetMs + (localMs - startMs) * (ppm / 1e6);
  let clock = NO_CLOCK;
  let nowMs = startMs;
  for (const { upMs, downMs, afterMs } of trips) {
    nowMs += afterMs;
    const t1Ms = nowMs;
    const t4Ms = t1Ms + upMs + 0.4 + downMs;
    const stamps = { t1Ms, t2Ms: remote(t1Ms + upMs), t3Ms: remote(t1Ms + upMs + 0.4), t4Ms };
    clock = withExchange(clock, stamps);
    nowMs = t4Ms;
  }
  return { clock, nowMs, trueOffsetMs: remote(nowMs) - nowMs };
}

const trip = fc.record({
  upMs: fc.double({ min: 0, max: 400, noNaN: true }),
  downMs: fc.double({ min: 0, max: 400, noNaN: true }),
  afterMs: fc.double({ min: 1, max: 30_000, noNaN: true }),
});
const hours = fc.double({ min: -4e7, max: 4e7, noNaN: true });
/** Two crystals, each within what the estimator allows for (100 ppm between them). */
const ppm = fc.double({ min: -99, max: 99, noNaN: true });

/** An exchange as seen from a local clock that is right, over a link of `upMs` and `downMs`. */
const trip4 = (atMs: number, upMs: number, downMs: number, offsetMs = 0): Exchange => ({
  t1Ms: atMs,
  t2Ms: atMs + upMs + offsetMs,
  t3Ms: atMs + upMs + offsetMs,
  t4Ms: atMs + upMs + downMs,
});

describe('the estimate of the server’s clock', () => {
  it('The bound holds the true offset, whatever the jitter, asymmetry and drift.', () => {
    fc.assert(
      fc.property(fc.array(trip, { minLength: 1, maxLength: 60 }), hours, ppm, (trips, offsetMs, drift) => {
        const { clock, nowMs, trueOffsetMs } = exchange(trips, offsetMs, drift);
        const estimate = estimateClock(clock, nowMs);
        expect(estimate).not.toBeNull();
        if (!estimate) return;
        expect(Math.abs(estimate.offsetMs - trueOffsetMs)).toBeLessThanOrEqual(estimate.boundMs + 1e-6);
      }),
      { numRuns: 500 },
    );
  });

  it('The bound includes the drift during the exchange itself.', () => {
    const { clock, nowMs, trueOffsetMs } = exchange([{ upMs: 0, downMs: 20.008, afterMs: 1 }], 0, 49);
    const estimate = estimateClock(clock, nowMs);
    expect(Math.abs((estimate?.offsetMs ?? Infinity) - trueOffsetMs)).toBeLessThanOrEqual(
      estimate?.boundMs ?? 0,
    );
  });

  it('The estimate is exact over a symmetric link.', () => {
    const { clock, nowMs } = exchange([{ upMs: 40, downMs: 40, afterMs: 5 }], 123_456, 0);
    expect(estimateClock(clock, nowMs)?.offsetMs).toBeCloseTo(123_456, 6);
  });

  it('The estimate is off by half the asymmetry, and its bound covers that.', () => {
    const estimate = estimateClock(withExchange(NO_CLOCK, trip4(0, 10, 50)), 60);
    expect(estimate?.offsetMs).toBeCloseTo(-20, 6);
    expect(estimate?.boundMs).toBeCloseTo(30, 1);
  });

  it('A fast way up and a fast way down count together, even from different exchanges.', () => {
    const { clock, nowMs } = exchange(
      [
        { upMs: 5, downMs: 90, afterMs: 100 },
        { upMs: 80, downMs: 5, afterMs: 100 },
      ],
      7,
      0,
    );
    const estimate = estimateClock(clock, nowMs);
    expect(Math.abs((estimate?.offsetMs ?? 0) - 7)).toBeLessThan(1);
    expect(estimate?.boundMs).toBeLessThan(6.5);
  });

  it('Single late messages do not move the estimate.', () => {
    const trips = Array.from({ length: 40 }, (_, at) => ({
      upMs: at % 10 === 3 ? 220 : 20 + (at % 4),
      downMs: at % 13 === 5 ? 180 : 20 + (at % 3),
      afterMs: 100,
    }));
    const { clock, nowMs } = exchange(trips, 0, 0);
    expect(Math.abs(estimateClock(clock, nowMs)?.offsetMs ?? 9)).toBeLessThan(0.3);
  });

  it.each([-100, -30, 30, 100])(
    'The estimate learns a drift of %d ppm and applies it from then on.',
    (drift) => {
      const trips = Array.from({ length: 60 }, (_, at) => ({
        upMs: 20 + (at % 3) / 2,
        downMs: 20 + (at % 4) / 2,
        afterMs: 5000,
      }));
      const { clock, nowMs } = exchange(trips, 0, drift);
      const laterMs = nowMs + 60_000;
      const trueMs = (laterMs - 1000) * (drift / 1e6);
      expect(Math.abs((estimateClock(clock, laterMs)?.offsetMs ?? 99) - trueMs)).toBeLessThan(1);
    },
  );

  it('An exchange that proves a clock step or a sleep restarts the estimate at once.', () => {
    const before = exchange([{ upMs: 5, downMs: 5, afterMs: 1 }], 0, 0);
    const stepped = withExchange(before.clock, trip4(before.nowMs + 100, 15, 15, 900));
    expect(estimateClock(stepped, before.nowMs + 130)?.offsetMs).toBeCloseTo(900, 6);
  });

  it('A slow exchange is not taken for a clock step.', () => {
    const before = exchange([{ upMs: 5, downMs: 5, afterMs: 1 }], 0, 0);
    const late = withExchange(before.clock, trip4(before.nowMs + 100, 400, 5));
    expect(Math.abs(estimateClock(late, before.nowMs + 505)?.offsetMs ?? 9)).toBeLessThan(1);
  });

  it('The clock keeps at most ten minutes of exchanges.', () => {
    const trips = Array.from({ length: 2000 }, () => ({ upMs: 5, downMs: 5, afterMs: 7000 }));
    const { clock } = exchange(trips, 0, 0);
    expect(clock.exchanges.length).toBeLessThanOrEqual(86);
  });

  it('Without an exchange the clock is unknown.', () => expect(estimateClock(NO_CLOCK, 0)).toBeNull());
});

/** Exponential jitter of 8 ms on 20 ms each way with 3 % spikes, as in docs/sync.md. */
describe('the estimate over a jittery link', () => {
  it.each([0, 30, -100])(
    'The error after a minute is below 1.5 ms in 95 of 100 parties, at %d ppm.',
    (drift) => {
      const errors = Array.from({ length: 100 }, (_, at) => {
        const random = new Random(at + 1);
        const wayMs = () =>
          20 - 8 * Math.log(1 - random.next()) + (random.chance(0.03) ? random.between(50, 200) : 0);
        const trips = Array.from({ length: 130 }, (_, ping) => ({
          upMs: wayMs(),
          downMs: wayMs(),
          afterMs: ping < 20 ? 60 : 460,
        }));
        const { clock, nowMs, trueOffsetMs } = exchange(trips, 1e6, drift);
        return Math.abs((estimateClock(clock, nowMs)?.offsetMs ?? Infinity) - trueOffsetMs);
      });
      expect(errors.sort((a, b) => a - b)[94]).toBeLessThan(1.5);
    },
  );
});
