import { putToSleep } from '../processes.ts';
import { usageOf } from './usage.ts';

export interface Halting {
  /** Ends it; for how many ms in all it was halted. */
  stop: () => number;
}

/** Halts the browser's process of that type for `ms` each `everyMs`. */
export function startHalting(
  browserPid: number,
  { type, ms, everyMs }: { type: string; ms: number; everyMs: number },
): Halting {
  const process = usageOf(browserPid).find((each) => each.type === type);
  if (!process) throw new Error(`the browser has no process of the type ${type}`);
  let haltedMs = 0;
  let wake: (() => void) | null = null;
  const timer = setInterval(() => {
    const sleep = putToSleep(process.pid);
    const fromMs = performance.now();
    wake = () => {
      sleep.wake();
      haltedMs += performance.now() - fromMs;
      wake = null;
    };
    setTimeout(() => wake?.(), ms);
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      wake?.();
      return haltedMs;
    },
  };
}
