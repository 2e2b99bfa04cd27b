import { expect, it } from 'vitest';
import { FrameClock } from '../../../src/player/frame/frame-clock.ts';

/** One exchange with a background whose clock is `aheadMs` ahead, `tripMs` each way. */
const ask = (clock: FrameClock, atMs: number, aheadMs: number, tripMs = 1) => {
  const stamp = atMs + tripMs + aheadMs;
  clock.answered({ t1Ms: atMs, t2Ms: stamp, t3Ms: stamp }, atMs + 2 * tripMs);
};

it('knows the server’s time once both the background and its word are known', () => {
  const clock = new FrameClock();
  clock.told({ offsetMs: 500, boundMs: 4 }, 2);
  expect(clock.serverNowMs(0)).toBeNull();
  ask(clock, 0, 1000);
  expect(clock.serverNowMs(0)).toBeNull();
  clock.told({ offsetMs: 500, boundMs: 4 }, 2);
  expect(clock.serverNowMs(100)).toBe(1600);
  // Half of the round trip of 2 ms, what the clocks may drift meanwhile, and the bound of the background.
  expect(clock.boundMs).toBeCloseTo(5, 3);
});

it('goes on with what it knows while the background is dead or knows nothing', () => {
  const clock = new FrameClock();
  ask(clock, 0, 1000);
  clock.told({ offsetMs: 500, boundMs: 4 }, 2);
  clock.told(null, 2);
  clock.reconnected();
  clock.told({ offsetMs: 7, boundMs: 4 }, 2);
  expect(clock.serverNowMs(100)).toBe(1600);
});

it('measures another background anew, whose clock began at nought', () => {
  const clock = new FrameClock();
  ask(clock, 0, 1000, 0);
  clock.told({ offsetMs: 500, boundMs: 4 }, 2);
  clock.reconnected();
  // Too slow an exchange to prove by itself that the clock is another one.
  ask(clock, 1000, -900, 2000);
  clock.told({ offsetMs: 2400, boundMs: 4 }, 5000);
  expect(clock.serverNowMs(6000)).toBe(7500);
});
