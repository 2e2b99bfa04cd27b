import type { After } from '../../src/messaging/throttle.ts';
import { VirtualTime } from './virtual-time.ts';

/** Timers on a clock that begins at nought and is moved by hand. */
export function handTimers() {
  const time = new VirtualTime();
  time.nowMs = 0;
  const after: After = (delayMs, run) => time.setTimer(run, delayMs);
  return {
    get nowMs() {
      return time.nowMs;
    },
    after,
    pass: (ms: number) => time.pass(ms),
  };
}
