import type { LatencyKind } from '../../sites/site-rule.ts';

interface Look {
  shiftSec: number;
  serverSec: number;
}

const LOOKS_AT_MOST: Record<LatencyKind, number> = { steps: 300, noise: 100 };
/** What is asked more often says nothing new. */
const APART_SEC = 0.05;
/** A wavering figure is the better for several looks, and a piece that is longer than this is not waited for. */
const SETTLE_SEC: Record<LatencyKind, number> = { steps: 6, noise: 1 };

/**
 * The moment that a live stream shows, in seconds of the server's clock: now, less how far the stream is behind. A stream's
 * `<video>` counts from wherever its visitor came in, so that only by this two of them can be compared. What lies between
 * that clock and the element's own is one figure, the same until another stream is put in, and is known the better the
 * more often it is looked at.
 */
export class LiveClock {
  readonly #kind: LatencyKind;
  #looks: Look[] = [];
  #settled = false;

  constructor(kind: LatencyKind) {
    this.#kind = kind;
  }

  /** Tell each reading, in order, while the stream plays. */
  noted({
    elementSec,
    behindSec,
    serverSec,
  }: {
    elementSec: number;
    behindSec: number;
    serverSec: number;
  }): void {
    const look = { shiftSec: serverSec - behindSec - elementSec, serverSec };
    const last = this.#looks.at(-1);
    if (last && serverSec - last.serverSec < APART_SEC) return;
    // Until the end has been seen to grow, it may be as old as a piece is long.
    const grew = last !== undefined && look.shiftSec - last.shiftSec < (serverSec - last.serverSec) / 2;
    this.#looks = [...this.#looks, look].slice(-LOOKS_AT_MOST[this.#kind]);
    const sinceSec = serverSec - (this.#looks[0]?.serverSec ?? serverSec);
    this.#settled ||= sinceSec >= SETTLE_SEC[this.#kind] || (this.#kind === 'steps' && grew);
  }

  /** Another stream. */
  forget(): void {
    this.#looks = [];
    this.#settled = false;
  }

  /** The moment at the element's zero; `null` while it is not known. */
  get shiftSec(): number | null {
    if (!this.#settled) return null;
    const shifts = this.#looks.map(({ shiftSec }) => shiftSec).sort((a, b) => a - b);
    return shifts[this.#kind === 'steps' ? 0 : Math.floor(shifts.length / 2)] ?? null;
  }
}
