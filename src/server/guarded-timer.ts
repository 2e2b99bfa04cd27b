import { errorFields, type Log, type SetTimer } from './ports.ts';

/** Timers in which an error costs no more than what was to be done. */
export function guardedTimer(log: Log): SetTimer {
  return (run, delayMs) => {
    const timer = setTimeout(() => {
      try {
        run();
      } catch (error) {
        log.error(errorFields(error), 'a timer failed');
      }
    }, delayMs);
    // A party's timers alone do not keep a process alive.
    timer.unref();
    return () => clearTimeout(timer);
  };
}
