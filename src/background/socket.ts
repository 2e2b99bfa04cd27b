import { decodeServerFrame, LIMITS, type ServerMessage } from '../protocol/index.ts';

/** The part of a `WebSocket` that is used. */
export interface RawSocket {
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void;
}

export interface SocketEvents {
  message: (message: ServerMessage) => void;
  closed: (code: number) => void;
  /** A frame that is off the protocol; the words are ours, never the frame's. */
  refused: (why: string) => void;
}

/** The close code that browsers give when there was no close frame (RFC 6455 §7.4.1). */
const ABNORMAL = 1006;
/** `WebSocket.OPEN`. */
const OPEN = 1;

/**
 * The one WebSocket to the server. After `close` nothing of it is heard any more, whatever it still receives: a dead
 * link can take a minute to say that it closed.
 */
export class ServerSocket {
  #socket: RawSocket | null = null;
  readonly #open: (url: string) => RawSocket;
  readonly #events: SocketEvents;

  /** @param open Throws for an address that no socket can be opened to. */
  constructor(open: (url: string) => RawSocket, events: SocketEvents) {
    this.#open = open;
    this.#events = events;
  }

  connect(url: string): void {
    this.#drop();
    let socket: RawSocket;
    try {
      socket = this.#open(url);
    } catch {
      queueMicrotask(() => this.#events.closed(ABNORMAL));
      return;
    }
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      if (this.#socket === socket) this.#receive(data);
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#events.closed(code);
    });
  }

  send(text: string): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(text);
  }

  /** Closes and says so at once. */
  close(): void {
    if (this.#drop()) this.#events.closed(ABNORMAL);
  }

  #drop(): boolean {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    return socket !== null;
  }

  #receive(data: unknown): void {
    if (typeof data !== 'string' || data.length > LIMITS.frameBytes * 4) {
      this.#events.refused('a frame that is not text, or too long');
      return;
    }
    const decoded = decodeServerFrame(data);
    if (decoded.ok) this.#events.message(decoded.message);
    else if (!decoded.error.unknownType) this.#events.refused(decoded.error.message);
  }
}
