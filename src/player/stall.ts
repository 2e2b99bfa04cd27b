import type { PlayerReading } from './adapter.ts';

/** A short wait for data is not worth a word to the others. */
const SAY_AFTER_MS = 300;
/** A seek that takes longer waits for data. */
const SEEK_TAKES_MS = 2000;

/** How long a player has waited for data. Times in ms of one monotonic clock. */
export class Stall {
  #sinceMs: number | null = null;

  note(reading: PlayerReading, nowMs: number): void {
    const stalled = reading.seeking || (!reading.ready && !reading.ended);
    this.#sinceMs = stalled ? (this.#sinceMs ?? nowMs) : null;
  }

  forget(): void {
    this.#sinceMs = null;
  }

  /** What the others are told of it, or `null` while it is not worth a word. */
  state(seeking: boolean, nowMs: number): 'seeking' | 'buffering' | null {
    const forMs = this.#sinceMs === null ? 0 : nowMs - this.#sinceMs;
    if (forMs <= SAY_AFTER_MS) return null;
    return seeking && forMs < SEEK_TAKES_MS ? 'seeking' : 'buffering';
  }
}
