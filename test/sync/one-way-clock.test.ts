import { describe, expect, it } from 'vitest';
import { estimateOneWay, NO_ONE_WAY_CLOCK, withAckRtt, withServerStamp } from '../../src/sync/index.ts';

describe('the clock of a plain v1 server', () => {
  it('The clock is unknown before its first stamp.', () => {
    expect(estimateOneWay(withAckRtt(NO_ONE_WAY_CLOCK, 30), 0)).toBeNull();
  });

  it('The hello alone gives a rough estimate.', () => {
    const clock = withServerStamp(NO_ONE_WAY_CLOCK, 5000, 1000);
    expect(estimateOneWay(clock, 1000)).toEqual({ offsetMs: 4000, rttMs: 200, boundMs: 100 });
  });

  it('The stamp that travelled fastest and the quickest ack give the estimate.', () => {
    const stamps = [
      [5000, 1080],
      [6000, 2020],
      [7000, 3300],
    ] as const;
    const stamped = stamps.reduce(
      (clock, [server, local]) => withServerStamp(clock, server, local),
      NO_ONE_WAY_CLOCK,
    );
    const clock = [90, 40, 400].reduce(withAckRtt, stamped);
    // The fastest was 20 ms under way, which is half the quickest round trip: the true offset is 4000.
    const known = estimateOneWay(clock, 2020);
    expect(known).toMatchObject({ rttMs: 40, boundMs: 20 });
    expect(known?.offsetMs).toBeCloseTo(4000, 6);
  });

  it('An old stamp loses weight, since the clocks drift.', () => {
    const early = withServerStamp(NO_ONE_WAY_CLOCK, 5000, 1000);
    const later = withServerStamp(early, 303_980, 300_000);
    // 20 ms slower on its way than the first, but 299 s younger: 15 ms of drift at 50 ppm do not outweigh it.
    expect(estimateOneWay(later, 300_000)?.offsetMs).toBeCloseTo(3985.05, 2);
    expect(estimateOneWay(withServerStamp(early, 503_980, 500_000), 500_000)?.offsetMs).toBe(3980);
  });
});
