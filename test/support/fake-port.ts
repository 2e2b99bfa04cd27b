import type { PortSender, RuntimePort } from '../../src/messaging/runtime-port.ts';

/** One end of a runtime port; its other end is the test's. */
export class FakePort implements RuntimePort {
  readonly name: string;
  readonly sender: PortSender | undefined;
  /** What was sent through it, in order. */
  readonly sent: unknown[] = [];
  /** This side has closed it. */
  closed = false;
  readonly #messages: ((message: unknown) => void)[] = [];
  readonly #closings: (() => void)[] = [];
  readonly onMessage = {
    addListener: (listener: (message: unknown) => void) => void this.#messages.push(listener),
  };
  readonly onDisconnect = { addListener: (listener: () => void) => void this.#closings.push(listener) };

  constructor(name = 'port', sender?: PortSender) {
    this.name = name;
    this.sender = sender;
  }

  postMessage(message: unknown): void {
    if (this.closed) throw new Error('Attempting to use a disconnected port object');
    this.sent.push(message);
  }

  disconnect(): void {
    this.closed = true;
  }

  /** The other side sends. */
  say(message: unknown): void {
    for (const listener of this.#messages) listener(message);
  }

  /** The other side is gone. */
  drop(): void {
    for (const listener of this.#closings) listener();
  }

  /** All that was sent with this `type`. */
  of(type: string): unknown[] {
    return this.sent.filter((message) => (message as { type?: unknown }).type === type);
  }

  /** Forgets what was sent so far. */
  clear(): void {
    this.sent.length = 0;
  }
}
