import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Throttle } from '../../src/messaging/throttle.ts';
import { handTimers } from '../support/hand-timers.ts';

const throttled = () => {
  const timers = handTimers();
  const ranAtMs: number[] = [];
  return { timers, ranAtMs, throttle: new Throttle(() => ranAtMs.push(timers.nowMs), 100, timers.after) };
};

it('runs at once, and once more at the end for all that came meanwhile', () => {
  const { timers, ranAtMs, throttle } = throttled();
  for (let at = 0; at < 5; at += 1) {
    throttle.ask();
    timers.pass(10);
  }
  timers.pass(1000);
  expect(ranAtMs).toEqual([0, 100]);
  throttle.ask();
  expect(ranAtMs).toEqual([0, 100, 1050]);
});

it('does not wait with what is hurried, and does nothing where nothing waits', () => {
  const { timers, ranAtMs, throttle } = throttled();
  throttle.flush();
  throttle.ask();
  throttle.flush();
  timers.pass(10);
  throttle.ask();
  throttle.flush();
  timers.pass(1000);
  expect(ranAtMs).toEqual([0, 10]);
});

it('goes on after something that threw', () => {
  const timers = handTimers();
  let fails = true;
  let ran = 0;
  const throttle = new Throttle(
    () => {
      if (fails) throw new Error('once');
      ran += 1;
    },
    100,
    timers.after,
  );
  expect(() => throttle.ask()).toThrow('once');
  fails = false;
  throttle.ask();
  timers.pass(100);
  expect(ran).toBe(1);
});

it('whenever it is asked: what was asked last is done within a period, and never two within one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(250)), (pauses) => {
      const { timers, ranAtMs, throttle } = throttled();
      let askedAtMs = 0;
      for (const pauseMs of pauses) {
        timers.pass(pauseMs);
        throttle.ask();
        askedAtMs = timers.nowMs;
      }
      timers.pass(100);
      if (pauses.length > 0) expect(ranAtMs.at(-1)).toBeGreaterThanOrEqual(askedAtMs);
      ranAtMs.forEach((atMs, at) =>
        expect(atMs - (ranAtMs[at - 1] ?? -Infinity)).toBeGreaterThanOrEqual(100),
      );
    }),
  );
});
