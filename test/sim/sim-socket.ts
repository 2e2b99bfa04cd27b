import type { RawSocket } from '../../src/background/socket.ts';
import type { Connection } from './connection.ts';
import type { Link } from './link.ts';

const OPEN = 1;
const CLOSED = 3;

/** A `WebSocket` over one member's way to the server. */
export class SimSocket implements RawSocket {
  readyState = OPEN;
  readonly #connection: Connection;
  readonly #onMessage: ((event: { data: unknown }) => void)[] = [];
  readonly #onClose: ((event: { code: number }) => void)[] = [];

  /** @param heard Told of each frame from the server. */
  constructor(link: Link, heard: () => void) {
    this.#connection = link.connect({
      message: (data) => {
        heard();
        for (const listener of this.#onMessage) listener({ data });
      },
      closed: (code) => {
        this.readyState = CLOSED;
        for (const listener of this.#onClose) listener({ code });
      },
    });
  }

  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void;
  addEventListener(
    ...[type, listener]:
      ['message', (event: { data: unknown }) => void] | ['close', (event: { code: number }) => void]
  ): void {
    if (type === 'message') this.#onMessage.push(listener);
    else this.#onClose.push(listener);
  }

  send(text: string): void {
    this.#connection.say(text);
  }

  close(): void {
    this.readyState = CLOSED;
    this.#connection.hangUp();
  }
}
