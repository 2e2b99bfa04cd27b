import type { PlayerAdapter } from './adapter.ts';

const PLAY_AGAIN_AFTER_MS = 500;
const BLOCKED_RETRY_MS = 2000;

export interface PlaybackEdges {
  /** A monotonic clock, ms. */
  nowMs: () => number;
  /** Whether a person has touched the page, so that the browser lets it make sound. */
  mayMakeSound: () => boolean;
}

/** Starts a player as far as the browser's autoplay policy lets it, and stops it. */
export class Playback {
  readonly #adapter: PlayerAdapter;
  readonly #edges: PlaybackEdges;
  #refused = false;
  #silenced = false;
  #notBeforeMs = -Infinity;
  #lastAtMs = -Infinity;
  /** As the player was when last looked at, or has been told to be since; `null` while that does not count. */
  #paused: boolean | null = null;

  constructor(adapter: PlayerAdapter, edges: PlaybackEdges) {
    this.#adapter = adapter;
    this.#edges = edges;
  }

  /** The last start was refused, even without sound. */
  get refused(): boolean {
    return this.#refused;
  }

  /** It plays without sound until the person touches the page. */
  get silenced(): boolean {
    return this.#silenced;
  }

  /** It plays, whoever started it. */
  runs(): void {
    this.#refused = false;
    this.retryNow();
  }

  /** Stops it, which undoes the last start. */
  stop(): void {
    this.#adapter.pause();
    this.#lastAtMs = -Infinity;
    this.#paused = true;
  }

  /** Looks at the player: whether it was started or stopped since the last look, and not by us. */
  changedTo(paused: boolean): boolean {
    const before = this.#paused;
    this.#paused = paused;
    return before !== null && before !== paused;
  }

  /** What is on is not the film: what is done to it meanwhile is no change. */
  lookAway(): void {
    this.#paused = null;
  }

  /** The next start need not wait for a refusal to pass. */
  retryNow(): void {
    this.#notBeforeMs = -Infinity;
  }

  /** Starts it, but not again at once, and not while the browser would refuse it. */
  start(nowMs: number): void {
    if (nowMs < this.#notBeforeMs || nowMs - this.#lastAtMs < PLAY_AGAIN_AFTER_MS) return;
    this.#lastAtMs = nowMs;
    this.#paused = false;
    this.#adapter.play().catch((error: unknown) => {
      if (!isRefusal(error)) return;
      // It stands still, and that is not the site's doing.
      this.#paused = true;
      this.#startSilenced();
    });
  }

  /** Gives the sound back as soon as the browser lets it. */
  regainSound(): void {
    if (!this.#silenced || !this.#edges.mayMakeSound()) return;
    this.#silenced = false;
    this.#adapter.unmute();
  }

  /** In step without sound beats standing still with it: the sound comes back with the person's first touch. */
  #startSilenced(): void {
    this.#silenced = true;
    this.#adapter.playMuted().catch((error: unknown) => {
      if (!isRefusal(error)) return;
      this.#refused = true;
      this.#notBeforeMs = this.#edges.nowMs() + BLOCKED_RETRY_MS;
    });
  }
}

/** An AbortError only says that a pause or a new source came in between. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotAllowedError';
}
