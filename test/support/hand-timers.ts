import type { After } from '../../src/messaging/throttle.ts';

/** A clock that is moved by hand. */
export function handTimers() {
  const due: { atMs: number; run: () => void }[] = [];
  const after: After = (delayMs, run) => {
    const timer = { atMs: timers.nowMs + delayMs, run };
    due.push(timer);
    return () => {
      const at = due.indexOf(timer);
      if (at >= 0) due.splice(at, 1);
    };
  };
  const timers = {
    nowMs: 0,
    after,
    pass(ms: number) {
      const endMs = timers.nowMs + ms;
      for (;;) {
        const next = due.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        due.splice(due.indexOf(next), 1);
        timers.nowMs = next.atMs;
        next.run();
      }
      timers.nowMs = endMs;
    },
  };
  return timers;
}
