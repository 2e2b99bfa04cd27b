import { post, type RuntimePort } from './runtime-port.ts';
import type { After } from './throttle.ts';

/** Between two tries, doubling. The first is short, since connecting wakes a stopped service worker. */
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2000;

export interface PortEvents<In> {
  message: (message: In) => void;
  /** It is connected, perhaps to another background than before: what that has to know is sent now. */
  opened?: () => void;
  /** The background is gone; a new try follows. */
  lost?: () => void;
  /** The extension was updated or removed under this page. Without this, it is tried again for ever. */
  unloaded?: () => void;
}

export interface PortHost {
  /** Throws where the extension was updated or removed under this page. */
  connect: () => RuntimePort;
  after: After;
}

/** A port to the background that is opened again whenever the background dies, until the signal aborts. */
export class ReconnectingPort<In, Out> {
  readonly #host: PortHost;
  readonly #parse: (raw: unknown) => In | null;
  readonly #events: PortEvents<In>;
  readonly #signal: AbortSignal;
  #port: RuntimePort | null = null;
  #retries = 0;
  #cancelRetry: () => void = () => undefined;

  /** @param parse `null` for what is no message of this port, which is not told. */
  constructor(
    host: PortHost,
    parse: (raw: unknown) => In | null,
    events: PortEvents<In>,
    signal: AbortSignal,
  ) {
    this.#host = host;
    this.#parse = parse;
    this.#events = events;
    this.#signal = signal;
    signal.addEventListener('abort', () => {
      this.#cancelRetry();
      this.#port?.disconnect();
      this.#port = null;
    });
  }

  open(): void {
    if (this.#signal.aborted) return;
    let port: RuntimePort;
    try {
      port = this.#host.connect();
    } catch {
      if (this.#events.unloaded) this.#events.unloaded();
      else this.#retry();
      return;
    }
    this.#port = port;
    port.onMessage.addListener((raw) => {
      if (this.#port !== port) return;
      // A message shows that the background runs.
      this.#retries = 0;
      const message = this.#parse(raw);
      if (message !== null) this.#events.message(message);
    });
    port.onDisconnect.addListener(() => {
      if (this.#port !== port) return;
      this.#port = null;
      this.#events.lost?.();
      this.#retry();
    });
    this.#events.opened?.();
  }

  /** Nothing is kept for a background that is not there: `opened` tells it all anew. */
  send(message: Out): void {
    if (this.#port) post(this.#port, message);
  }

  #retry(): void {
    if (this.#signal.aborted) return;
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** this.#retries++, LAST_RETRY_MS);
    this.#cancelRetry = this.#host.after(delayMs, () => this.open());
  }
}
