import { describe, expect, it } from 'vitest';
import { connectTimeoutMs } from '../../src/rtc/connect-timeout.ts';

const offers = (others: number, failedAttempts: number) =>
  connectTimeoutMs({ answers: false, others, failedAttempts });

describe('the connect timeout', () => {
  it('A connection gets six seconds, and more beside others, since they slow each other down.', () => {
    expect([0, 1, 6].map((others) => offers(others, 0))).toEqual([6000, 7500, 15_000]);
  });

  it('The timeout doubles with each failed attempt, up to eight times: retries keep busy computers late.', () => {
    expect([0, 1, 2, 3, 4, 50].map((late) => offers(0, late) / 1000)).toEqual([6, 12, 24, 48, 48, 48]);
  });

  it('The offerer retries before the answerer, in a call of any size.', () => {
    for (const others of [0, 3, 6]) {
      expect(connectTimeoutMs({ answers: true, others, failedAttempts: 0 })).toBeGreaterThanOrEqual(
        2 * offers(others, 0),
      );
    }
  });
});
