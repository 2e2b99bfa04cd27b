import type { FromPlayer, ToPlayer } from '../messaging/player-port.ts';

/** A way to the background; it ends when the background dies. */
export interface Link {
  send: (message: FromPlayer) => void;
  close: () => void;
}
export interface LinkEvents {
  message: (message: ToPlayer) => void;
  closed: () => void;
}

export interface SteadyLinkEvents {
  opened: () => void;
  message: (message: ToPlayer) => void;
  lost: () => void;
  /** The extension itself is gone. */
  gone: () => void;
}

const RECONNECT_MS = [50, 250, 1000, 2000];

/** A way to the background that is opened anew whenever the background dies, until `signal` aborts. */
export class SteadyLink {
  readonly #connect: (events: LinkEvents) => Link;
  readonly #events: SteadyLinkEvents;
  readonly #signal: AbortSignal;
  #link: Link | null = null;
  #retries = 0;

  /** @param connect Throws when the extension itself is gone. */
  constructor(connect: (events: LinkEvents) => Link, events: SteadyLinkEvents, signal: AbortSignal) {
    this.#connect = connect;
    this.#events = events;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#link?.close());
  }

  open(): void {
    if (this.#signal.aborted) return;
    try {
      this.#link = this.#connect({ message: this.#events.message, closed: () => this.#lost() });
    } catch {
      this.#events.gone();
      return;
    }
    this.#events.opened();
  }

  /** Nothing is kept for a background that is not there: it is told all anew. */
  send(message: FromPlayer): void {
    this.#link?.send(message);
  }

  /** The background lives. */
  answered(): void {
    this.#retries = 0;
  }

  #lost(): void {
    this.#link = null;
    this.#events.lost();
    const delayMs = RECONNECT_MS[Math.min(this.#retries++, RECONNECT_MS.length - 1)];
    setTimeout(() => this.open(), delayMs);
  }
}
