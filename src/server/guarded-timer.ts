import { errorFields, type Log, type SetTimer } from './ports.ts';

/** Timers whose errors are logged and end nothing else. */
export function guardedTimer(log: Log): SetTimer {
  return (run, delayMs) => {
    const timer = setTimeout(() => {
      try {
        run();
      } catch (error) {
        log.error(errorFields(error), 'a timer failed');
      }
    }, delayMs);
    // A party's timers alone must not keep the process alive.
    timer.unref();
    return () => clearTimeout(timer);
  };
}
