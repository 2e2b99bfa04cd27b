import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { CLOSE } from '../../protocol/index.ts';
import type { HubClient } from '../client.ts';
import type { Hub } from '../hub.ts';
import {
  errorFields,
  type Connection,
  type Log,
  type Now,
  type SendOptions,
  type SetTimer,
} from '../ports.ts';
import { Outbox } from './outbox.ts';

/** The dependencies shared by all sockets of a server. */
export interface SocketDeps {
  hub: Hub;
  nowMs: Now;
  setTimer: SetTimer;
  log: Log;
  frameOf: (text: string) => Buffer;
  /** Calls `flush` at the end of this turn of the event loop. */
  flushSoon: (outbox: Outbox) => void;
  maxBufferedBytes: number;
}

/** Time for a client to answer a close before its socket is cut. */
const CLOSE_TIMEOUT_MS = 1000;

/** One WebSocket: passes frames between client and hub, and measures its heartbeat. */
export class SocketPeer implements Connection {
  readonly address: string;
  readonly #socket: WebSocket;
  readonly #shared: SocketDeps;
  readonly #client: HubClient;
  readonly #outbox: Outbox;
  #pingedAtMs: number | null = null;
  /** Opened since the last heartbeat, so its first answer may still be on its way. */
  #isNew = true;

  constructor(
    socket: WebSocket,
    raw: Duplex,
    address: string,
    shared: SocketDeps,
    left: (peer: SocketPeer) => void,
  ) {
    this.address = address;
    this.#socket = socket;
    this.#shared = shared;
    const { setTimer, maxBufferedBytes } = shared;
    this.#outbox = new Outbox({
      raw,
      setTimer,
      maxBufferedBytes,
      flushSoon: () => shared.flushSoon(this.#outbox),
      onUnread: () => this.#terminateUnread(),
    });
    const client = shared.hub.connect(this);
    this.#client = client;
    socket.on('message', (data: Buffer, isBinary) =>
      this.#guarded(() =>
        isBinary ? client.receiveBinary(data.length) : client.receive(data.toString(), data.length),
      ),
    );
    socket.on('ping', () => this.#guarded(() => client.receiveControl()));
    socket.on('pong', () => this.#guarded(() => this.#onPong()));
    socket.on('error', ({ name }) =>
      shared.log.debug({ connection: client.number, error: name }, 'socket error'),
    );
    socket.on('close', () => {
      this.#outbox.stop();
      left(this);
      this.#guarded(() => client.disconnected());
    });
    this.#pingedAtMs = shared.nowMs();
    socket.ping();
  }

  send(text: string, { urgent = false, replaces = null }: SendOptions = {}): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#outbox.add(this.#shared.frameOf(text), replaces);
    if (urgent) this.#outbox.flush();
  }

  close(code: number, reason: string): void {
    this.#outbox.flush();
    closeSocket(this.#socket, code, reason);
  }

  /** Cuts the socket without a close frame. */
  cut(): void {
    this.#socket.terminate();
  }

  /**
   * Pings the client at every heartbeat; cuts the socket if the last ping is unanswered. `late`: this process was
   * too busy to have read an answer.
   */
  heartbeat({ late = false } = {}): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const isNew = this.#isNew;
    this.#isNew = false;
    if (this.#pingedAtMs !== null && !late && !isNew) {
      this.#socket.terminate();
      return;
    }
    this.#pingedAtMs ??= this.#shared.nowMs();
    this.#socket.ping();
  }

  #onPong(): void {
    this.#client.receiveControl();
    if (this.#pingedAtMs === null) return;
    this.#client.noteRoundTrip(this.#shared.nowMs() - this.#pingedAtMs);
    this.#pingedAtMs = null;
  }

  #terminateUnread(): void {
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    this.#shared.log.warn({ connection: this.#client.number }, 'ended a client that does not read');
    this.#socket.terminate();
  }

  /** Limits an error of the server to the connection whose input caused it. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#shared.log.error(
        { connection: this.#client.number, ...errorFields(error) },
        'a connection was closed over an error of the server',
      );
      this.close(CLOSE.internalError, 'something went wrong on the server');
    }
  }
}

/** Closes a socket, and cuts it when the other side does not answer. */
export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  // A broken frame behind it must not hide the reason; a client without an answer is cut all the same.
  socket.on('error', () => undefined);
  socket.close(code, reason);
  const cut = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
  socket.once('close', () => clearTimeout(cut));
}
