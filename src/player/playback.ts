import type { PlayerAdapter } from './adapter.ts';

const PLAY_AGAIN_AFTER_MS = 500;
const BLOCKED_RETRY_MS = 2000;

export interface PlaybackEdges {
  /** A monotonic clock, ms. */
  nowMs: () => number;
  /** Whether a person has touched the page, so that the browser lets it make sound. */
  mayMakeSound: () => boolean;
  /** The browser refused a start with sound: the player stands still, and that is not the site's doing. */
  neverStarted: () => void;
}

/** Starts a player as far as the browser's autoplay policy lets it. */
export class Playback {
  readonly #adapter: PlayerAdapter;
  readonly #edges: PlaybackEdges;
  #refused = false;
  #silenced = false;
  #notBeforeMs = -Infinity;
  #lastAtMs = -Infinity;

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

  /** It was stopped by us, which undid the last start. */
  stopped(): void {
    this.#lastAtMs = -Infinity;
  }

  /** The next start need not wait for a refusal to pass. */
  retryNow(): void {
    this.#notBeforeMs = -Infinity;
  }

  /** Whether it was started now: not again at once, and not while the browser would refuse it. */
  start(nowMs: number): boolean {
    if (nowMs < this.#notBeforeMs || nowMs - this.#lastAtMs < PLAY_AGAIN_AFTER_MS) return false;
    this.#lastAtMs = nowMs;
    this.#adapter.play().catch((error: unknown) => {
      if (!isRefusal(error)) return;
      this.#edges.neverStarted();
      this.#startSilenced();
    });
    return true;
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
