import type { HubClient } from '../../src/server/client.ts';
import type { Hub } from '../../src/server/hub.ts';
import type { Connection as HubConnection } from '../../src/server/ports.ts';
import type { Link } from './link.ts';
import type { World } from './world.ts';

export interface SocketEvents {
  message: (text: string) => void;
  closed: (code: number) => void;
}

const ABNORMAL = 1006;
/** The server cuts a socket that left a ping unanswered (LOSS-5). */
const SERVER_NOTICES_MS = 24_000;

/** One WebSocket: ordered both ways, and able to die without either side being told. */
export class Connection implements HubConnection {
  readonly #world: World;
  readonly #link: Link;
  readonly #onFrame: (text: string) => void;
  /** Every member comes from the same household, which is the strictest that an address can be judged. */
  readonly address = '192.0.2.1';
  #events: SocketEvents | null;
  #hub: HubClient | null = null;
  #lastUpMs = 0;
  #lastDownMs = 0;
  #dead = false;

  constructor(world: World, link: Link, events: SocketEvents, onFrame: (text: string) => void) {
    this.#world = world;
    this.#link = link;
    this.#events = events;
    this.#onFrame = onFrame;
  }

  /** The server has accepted it. */
  open(hub: Hub): void {
    this.#hub = hub.connect(this);
  }

  get isOpen(): boolean {
    return this.#hub !== null && this.#events !== null;
  }

  /** Whether words still arrive, whatever the two sides believe. */
  get works(): boolean {
    return this.isOpen && !this.#dead;
  }

  /** From the client. */
  say(text: string): void {
    if (!this.isOpen) return;
    this.#up(() => {
      if (!this.#hub) return;
      this.#onFrame(text);
      this.#hub.receive(text);
    });
  }

  /** From the server. */
  readonly send = (text: string): void => {
    if (text.includes('"retryAfterMs"')) this.#world.limitsMet.push(text);
    this.#down(() => this.#events?.message(text));
  };

  /** By the server. */
  readonly close = (code: number): void => {
    this.#down(() => this.#endClient(code));
    this.#endServer();
  };

  /** By the client, which hears no more of it. */
  hangUp(): void {
    this.#events = null;
    this.#up(() => this.#endServer());
  }

  /** Both ends are told soon, and what was under way is lost. */
  reset(): void {
    this.#dead = true;
    this.#world.after(this.#link.delayMs('down'), () => this.#endClient(ABNORMAL));
    this.#world.after(this.#link.delayMs('up'), () => this.#endServer());
  }

  /** Nothing arrives any more, and nobody is told. */
  die(): void {
    this.#dead = true;
    this.#world.after(this.#world.random.between(0.5, 1) * SERVER_NOTICES_MS, () => this.#endServer());
  }

  /** Connecting failed. */
  refuse(): void {
    this.#endClient(ABNORMAL);
  }

  #endClient(code: number): void {
    const events = this.#events;
    this.#events = null;
    events?.closed(code);
  }

  #endServer(): void {
    const hub = this.#hub;
    this.#hub = null;
    hub?.disconnected();
  }

  #up(run: () => void): void {
    this.#lastUpMs = Math.max(this.#lastUpMs, this.#link.arrivalMs('up'));
    this.#deliver(this.#lastUpMs, run);
  }

  #down(run: () => void): void {
    this.#lastDownMs = Math.max(this.#lastDownMs, this.#link.arrivalMs('down'));
    this.#deliver(this.#lastDownMs, run);
  }

  #deliver(atMs: number, run: () => void): void {
    this.#world.after(atMs - this.#world.nowMs, () => {
      if (!this.#dead) run();
    });
  }
}
