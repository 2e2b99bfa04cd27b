import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { HubClient } from '../client.ts';
import type { Hub } from '../hub.ts';
import type { Connection, Log, Now } from '../ports.ts';

/** What all sockets of a server share. */
export interface Shared {
  hub: Hub;
  nowMs: Now;
  log: Log;
  frameOf: (text: string) => Buffer;
  /** Calls `flush` at the end of this turn of the event loop. */
  flushSoon: (peer: SocketPeer) => void;
  /** A client that lets so many bytes wait is ended. */
  maxBufferedBytes: number;
}

/** How long a client may take to answer a close before its socket is cut. */
const CLOSE_TIMEOUT_MS = 1000;

/** One WebSocket: brings its frames to the hub and the hub's to it, and measures its heartbeat. */
export class SocketPeer implements Connection {
  readonly address: string;
  readonly #socket: WebSocket;
  readonly #raw: Duplex;
  readonly #shared: Shared;
  readonly #client: HubClient;
  #pingedAtMs: number | null = null;
  /** Frames that leave together. */
  #waiting: Buffer[] | null = null;
  #waitingBytes = 0;

  constructor(
    socket: WebSocket,
    raw: Duplex,
    address: string,
    shared: Shared,
    left: (peer: SocketPeer) => void,
  ) {
    this.address = address;
    this.#socket = socket;
    this.#raw = raw;
    this.#shared = shared;
    const client = shared.hub.connect(this);
    this.#client = client;
    socket.on('message', (data: Buffer, isBinary) =>
      isBinary ? client.receiveBinary() : client.receive(data.toString()),
    );
    socket.on('ping', () => client.receiveControl());
    socket.on('pong', () => this.#ponged());
    socket.on('error', ({ name }) =>
      shared.log.debug({ connection: client.number, error: name }, 'socket error'),
    );
    socket.on('close', () => {
      left(this);
      client.disconnected();
    });
    this.beat();
  }

  send(text: string, urgent = false): void {
    const { frameOf, flushSoon, maxBufferedBytes, log } = this.#shared;
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const frame = frameOf(text);
    this.#waitingBytes += frame.length;
    if (this.#waiting) this.#waiting.push(frame);
    else {
      this.#waiting = [frame];
      if (!urgent) flushSoon(this);
    }
    if (urgent) this.flush();
    if (this.#raw.writableLength + this.#waitingBytes <= maxBufferedBytes) return;
    log.warn({ connection: this.#client.number }, 'ended a client that does not read');
    this.#socket.terminate();
  }

  /**
   * Lets out what waits in one system call, in which a busy server spends most of its time. The frames go straight to
   * the TCP socket: without compression ws would only put the same header before every copy.
   */
  flush(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    const [first] = waiting;
    const bytes = waiting.length === 1 && first ? first : Buffer.concat(waiting, this.#waitingBytes);
    this.#waiting = null;
    this.#waitingBytes = 0;
    if (this.#socket.readyState === this.#socket.OPEN) this.#raw.write(bytes);
  }

  close(code: number, reason: string): void {
    this.flush();
    closeSocket(this.#socket, code, reason);
  }

  /** Asks for a sign of life; cuts the socket when the last question is unanswered. To be called at every heartbeat. */
  beat(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#pingedAtMs !== null) {
      this.#socket.terminate();
      return;
    }
    this.#pingedAtMs = this.#shared.nowMs();
    this.#socket.ping();
  }

  #ponged(): void {
    this.#client.receiveControl();
    if (this.#pingedAtMs === null) return;
    this.#client.noteRoundTrip(this.#shared.nowMs() - this.#pingedAtMs);
    this.#pingedAtMs = null;
  }
}

/** Closes a socket, and cuts it when the other side does not answer. */
export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  socket.on('error', () => socket.terminate());
  socket.close(code, reason);
  const cut = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
  socket.once('close', () => clearTimeout(cut));
}
