/** The clock and timers of the mesh; tests pass in virtual ones. */
export interface Timing {
  /** Monotonic, ms. */
  nowMs: () => number;
  /** Runs `run` once after the delay; the result cancels it. */
  after: (delayMs: number, run: () => void) => () => void;
}

export const browserTiming: Timing = {
  nowMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
