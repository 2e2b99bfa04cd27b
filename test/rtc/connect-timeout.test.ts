import { describe, expect, it } from 'vitest';
import { connectTimeoutMs } from '../../src/rtc/connect-timeout.ts';

const offers = (others: number, failedAttempts: number) =>
  connectTimeoutMs({ answers: false, others, failedAttempts });

describe('a connection that is being made', () => {
  it('is given six seconds, and more beside others: they hold each other up', () => {
    expect([0, 1, 6].map((others) => offers(others, 0))).toEqual([6000, 7500, 15_000]);
  });

  it('is given twice as long each time it was late, up to eight times: to begin again and again would keep all late', () => {
    expect([0, 1, 2, 3, 4, 50].map((late) => offers(0, late) / 1000)).toEqual([6, 12, 24, 48, 48, 48]);
  });

  it('is begun anew first by who offered, in a call of any size', () => {
    for (const others of [0, 3, 6]) {
      expect(connectTimeoutMs({ answers: true, others, failedAttempts: 0 })).toBeGreaterThanOrEqual(
        2 * offers(others, 0),
      );
    }
  });
});
