import { describe, expect, it } from 'vitest';
import { estimateOneWay, NO_ONE_WAY_CLOCK, withAckRtt, withServerStamp } from '../../src/sync/index.ts';

describe('the clock of a server that knows only v1', () => {
  it('is unknown before its first stamp', () => {
    expect(estimateOneWay(withAckRtt(NO_ONE_WAY_CLOCK, 30))).toBeNull();
  });

  it('is read from its hello, roughly', () => {
    const clock = withServerStamp(NO_ONE_WAY_CLOCK, 5000, 1000);
    expect(estimateOneWay(clock)).toEqual({ offsetMs: 4000, rttMs: 200, boundMs: 100 });
  });

  it('goes by the stamp that travelled fastest and the quickest ack', () => {
    const stamps = [
      [5000, 1080],
      [6000, 2020],
      [7000, 3300],
    ] as const;
    const heard = stamps.reduce(
      (clock, [server, local]) => withServerStamp(clock, server, local),
      NO_ONE_WAY_CLOCK,
    );
    const clock = [90, 40, 400].reduce(withAckRtt, heard);
    // The fastest was 20 ms under way, which is half the quickest round trip: the true offset is 4000.
    expect(estimateOneWay(clock)).toEqual({ offsetMs: 4000, rttMs: 40, boundMs: 20 });
  });
});
