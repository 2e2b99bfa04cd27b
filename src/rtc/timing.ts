/** Time as the mesh needs it, handed in by whoever makes one. */
export interface Timing {
  /** Monotonic, ms. */
  nowMs: () => number;
  /** Runs it once, after so long; what it returns cancels that. */
  after: (delayMs: number, run: () => void) => () => void;
}

export const browserTiming: Timing = {
  nowMs: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
