import type { SetTimer } from '../../src/server/ports.ts';

interface Timer {
  atMs: number;
  /** Of two timers that are due at the same moment the one set first runs first, as in every event loop. */
  order: number;
  run: (() => void) | null;
}

/** Time that passes only when told. Timers are kept in a binary heap: a simulated party sets some hundred thousand. */
export class VirtualTime {
  nowMs = 1_700_000_000_000;
  readonly #heap: Timer[] = [];
  #set = 0;
  #pending = 0;

  readonly now = () => this.nowMs;

  readonly setTimer: SetTimer = (run, delayMs) => {
    const timer: Timer = { atMs: this.nowMs + delayMs, order: ++this.#set, run };
    this.#pending += 1;
    this.#push(timer);
    return () => {
      if (timer.run) this.#pending -= 1;
      timer.run = null;
    };
  };

  /** How many timers are still to run. */
  get timers(): number {
    return this.#pending;
  }

  pass(ms: number): void {
    const endMs = this.nowMs + ms;
    while (this.runNext(endMs));
    this.nowMs = endMs;
  }

  /** Goes to the next timer that is due by `endMs` and runs it. False where there is none. */
  runNext(endMs: number): boolean {
    for (;;) {
      const [next] = this.#heap;
      if (!next || (next.run && next.atMs > endMs)) return false;
      this.#pop();
      const { run } = next;
      if (!run) continue;
      next.run = null;
      this.#pending -= 1;
      this.nowMs = next.atMs;
      run();
      return true;
    }
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parentAt = (at - 1) >> 1;
      const parent = heap[parentAt];
      if (!parent || !isBefore(timer, parent)) break;
      heap[at] = parent;
      at = parentAt;
    }
    heap[at] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let childAt = 2 * at + 1;
      const left = heap[childAt];
      if (!left) break;
      const right = heap[childAt + 1];
      if (right && isBefore(right, left)) childAt += 1;
      const child = heap[childAt];
      if (!child || !isBefore(child, last)) break;
      heap[at] = child;
      at = childAt;
    }
    heap[at] = last;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
