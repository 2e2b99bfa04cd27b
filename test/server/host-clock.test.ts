import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostClock } from '../../src/server/host-clock.ts';

const START = 1_700_000_000_000;

describe('[CLK-3] a plain v1 sender’s clock', () => {
  it('A sender’s clock may be off by minutes: only the upstream delay counts.', () => {
    for (const offMs of [-600_000, 0, 600_000]) {
      const clock = new HostClock();
      clock.noteRoundTrip(40, START);
      expect(clock.toServerMs(START + offMs - 20, START)).toBeCloseTo(START - 20);
    }
  });

  it('A state counts as read on receipt while no round trip is known.', () => {
    expect(new HostClock().toServerMs(123, START)).toBe(START);
  });

  it('The quickest sample removes jitter below a clock step.', () => {
    const clock = new HostClock();
    clock.noteRoundTrip(20, START);
    clock.toServerMs(START - 10, START);
    for (const jitterMs of [5, 80, 0, 30]) {
      const readAtMs = START + 1000;
      expect(clock.toServerMs(readAtMs, readAtMs + 10 + jitterMs)).toBeCloseTo(readAtMs);
    }
  });

  it.each([-300_000, -150, 150, 300_000])('a step of %i ms begins anew', (stepMs) => {
    const clock = new HostClock();
    clock.noteRoundTrip(20, START);
    clock.toServerMs(START - 10, START);
    const readAtMs = START + 5000;
    expect(clock.toServerMs(readAtMs + stepMs, readAtMs + 10)).toBeCloseTo(readAtMs);
    const laterMs = START + 6000;
    expect(clock.toServerMs(laterMs + stepMs, laterMs + 40)).toBeCloseTo(laterMs);
  });

  it('Samples expire after a minute, so a slow clock is followed.', () => {
    const clock = new HostClock();
    clock.toServerMs(START, START);
    // 80 ms behind by now, too little for a step.
    const laterMs = START + 60_001;
    expect(clock.toServerMs(laterMs - 80, laterMs)).toBe(laterMs);
  });

  it('A state is never later than its receipt, nor before time 0.', () => {
    const samples = fc.array(
      fc.record({
        waitMs: fc.integer({ min: 0, max: 90_000 }),
        hostTsMs: fc.integer({ min: 0, max: 3e12 }),
        rttMs: fc.integer({ min: 0, max: 5000 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(samples, (list) => {
        const clock = new HostClock();
        let nowMs = START;
        for (const { waitMs, hostTsMs, rttMs } of list) {
          nowMs += waitMs;
          clock.noteRoundTrip(rttMs, nowMs);
          const atMs = clock.toServerMs(hostTsMs, nowMs);
          expect(atMs).toBeLessThanOrEqual(nowMs + 1e-3);
          expect(atMs).toBeGreaterThan(nowMs - 2601);
        }
      }),
    );
  });
});
