import type { PortSender, RuntimePort } from '../../src/messaging/runtime-port.ts';
import type { World } from './world.ts';

/** How long a message takes, ms. */
const LATENCY_MS = [0.2, 4] as const;
/** How long after the background has died the pages are told, ms. */
const TOLD_OF_DEATH_MS = [0, 20] as const;

type Listener<T extends unknown[]> = (...args: T) => void;

/** One end of a runtime port: ordered, a few milliseconds long. */
class PortEnd implements RuntimePort {
  readonly name: string;
  readonly sender: PortSender | undefined;
  readonly #world: World;
  readonly #messages: Listener<[message: unknown]>[] = [];
  readonly #closings: Listener<[]>[] = [];
  other: PortEnd | null = null;
  #arrivesMs = 0;
  isOpen = true;

  constructor(world: World, name: string, sender: PortSender | undefined) {
    this.#world = world;
    this.name = name;
    this.sender = sender;
  }

  readonly onMessage = {
    addListener: (listener: Listener<[message: unknown]>) => void this.#messages.push(listener),
  };
  readonly onDisconnect = {
    addListener: (listener: Listener<[]>) => void this.#closings.push(listener),
  };

  postMessage(message: unknown): void {
    const { other } = this;
    if (!this.isOpen || !other) throw new Error('Attempting to use a disconnected port object');
    const { nowMs, random } = this.#world;
    this.#arrivesMs = Math.max(this.#arrivesMs, nowMs + random.between(...LATENCY_MS));
    this.#world.after(this.#arrivesMs - nowMs, () => other.#deliver(message));
  }

  disconnect(): void {
    this.isOpen = false;
    const { other } = this;
    if (other) this.#world.after(this.#world.random.between(...LATENCY_MS), () => other.close());
  }

  /** The other end is gone; this side is told, as a browser tells it. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const listener of this.#closings) listener();
  }

  #deliver(message: unknown): void {
    if (!this.isOpen) return;
    for (const listener of this.#messages) listener(message);
  }
}

/** A runtime port between a frame and a background that may die, or be only about to start. */
export class SimPort {
  readonly page: RuntimePort;
  readonly background: RuntimePort;
  readonly #world: World;
  readonly #ends: { page: PortEnd; background: PortEnd };
  #waiting: unknown[] | null = [];

  constructor(world: World, name: string, sender: PortSender) {
    const page = new PortEnd(world, name, undefined);
    const background = new PortEnd(world, name, sender);
    page.other = background;
    background.other = page;
    this.#world = world;
    this.#ends = { page, background };
    this.background = background;
    // What is sent before a stopped service worker has started waits for it.
    this.page = {
      name,
      onMessage: page.onMessage,
      onDisconnect: page.onDisconnect,
      disconnect: () => page.disconnect(),
      postMessage: (message) => {
        if (this.#waiting && page.isOpen) this.#waiting.push(message);
        else page.postMessage(message);
      },
    };
  }

  get isOpen(): boolean {
    return this.#ends.page.isOpen;
  }

  /** The background runs, and listens at this port by now. */
  taken(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const message of waiting) this.#ends.page.postMessage(message);
  }

  /** The browser closes it though both sides live, as it does to a page that it keeps for going back (`bfcache`). */
  lose(): void {
    const { page, background } = this.#ends;
    page.close();
    background.close();
  }

  /** The background died. */
  cut(): void {
    const { page, background } = this.#ends;
    background.isOpen = false;
    this.#world.after(this.#world.random.between(...TOLD_OF_DEATH_MS), () => page.close());
  }
}
