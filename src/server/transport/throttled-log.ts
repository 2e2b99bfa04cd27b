import type { SetTimer } from '../ports.ts';

const EVERY_MS = 60_000;

/** Logs an event that anybody can cause: the first at once, later ones as a count once a minute. */
export function throttledLog(setTimer: SetTimer, write: (times: number) => void): () => void {
  let times = 0;
  let quiet = false;
  const speak = () => {
    quiet = false;
    if (times === 0) return;
    write(times);
    times = 0;
    quiet = true;
    setTimer(speak, EVERY_MS);
  };
  return () => {
    times += 1;
    if (!quiet) speak();
  };
}
