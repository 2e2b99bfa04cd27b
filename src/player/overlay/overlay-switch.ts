import type { OverlayAct } from '../../messaging/overlay.ts';
import type { ShownOverlay } from './show-overlay.ts';

/** An overlay on its way: `secret` is what it knows; `shown` settles once it is there, or with `null` if it never will be. */
export interface ComingOverlay {
  secret: string;
  shown: Promise<ShownOverlay | null>;
}

/** Shows the overlay over this page and takes it away, as the background says. */
export class OverlaySwitch {
  readonly #show: (signal: AbortSignal) => ComingOverlay;
  readonly #signal: AbortSignal;
  #on: (ComingOverlay & { hide: AbortController }) | null = null;

  constructor(show: (signal: AbortSignal) => ComingOverlay, signal: AbortSignal) {
    this.#show = show;
    this.#signal = signal;
  }

  /** What the overlay that is shown knows; `null` while none is. */
  get secret(): string | null {
    return this.#on?.secret ?? null;
  }

  /** Whether that was a change. */
  set(on: boolean): boolean {
    if (on === (this.#on !== null)) return false;
    this.#on?.hide.abort();
    this.#on = null;
    if (on) {
      const hide = new AbortController();
      this.#on = { hide, ...this.#show(AbortSignal.any([hide.signal, this.#signal])) };
    }
    return true;
  }

  act(act: OverlayAct): void {
    void this.#on?.shown.then((shown) => shown?.act(act));
  }

  stirred(at: { x: number; y: number } | null): void {
    void this.#on?.shown.then((shown) => shown?.stirred(at));
  }
}
