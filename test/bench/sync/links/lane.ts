import { setTimeout as delay } from 'node:timers/promises';

/** One chunk's way through a lane, for the log. */
export interface Passage {
  /** When it came in, on `performance.now()`. */
  atMs: number;
  bytes: number;
  /** How long it was to be kept, waiting behind others included. */
  intendedMs: number;
  realMs: number;
}

/** Timers are whole milliseconds and late; the last stretch is waited for turn by turn. */
const SPIN_MS = 1.6;

/**
 * One direction of a connection. What comes in leaves after its delay, and never before what came in earlier: as in
 * TCP, one late chunk holds up all behind it.
 */
export class Lane {
  #lastDueMs = 0;
  #heldUntilMs = 0;
  #tail: Promise<void> = Promise.resolve();
  #closed = false;
  readonly #passed: (passage: Passage) => void;

  constructor(passed: (passage: Passage) => void) {
    this.#passed = passed;
  }

  push(delayMs: number, bytes: number, deliver: () => void): void {
    const atMs = performance.now();
    const dueMs = Math.max(Math.max(atMs, this.#heldUntilMs) + delayMs, this.#lastDueMs);
    this.#lastDueMs = dueMs;
    this.#tail = this.#tail.then(async () => {
      await until(() => Math.max(dueMs, this.#heldUntilMs));
      if (this.#closed) return;
      deliver();
      this.#passed({ atMs, bytes, intendedMs: dueMs - atMs, realMs: performance.now() - atMs });
    });
  }

  /** Nothing leaves for so long, what is on its way included. */
  holdFor(ms: number): void {
    this.#heldUntilMs = Math.max(this.#heldUntilMs, performance.now() + ms);
  }

  close(): void {
    this.#closed = true;
  }
}

async function until(dueMs: () => number): Promise<void> {
  for (;;) {
    const leftMs = dueMs() - performance.now();
    if (leftMs <= 0) return;
    if (leftMs > SPIN_MS) await delay(leftMs - SPIN_MS);
    else await new Promise(setImmediate);
  }
}
