import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE, LIMITS } from '../../protocol/index.ts';
import type { Hub } from '../hub.ts';
import type { AddressBook } from '../limits/address-book.ts';
import type { Log, Now, SetTimer } from '../ports.ts';
import { cachingTextFrame } from './frame.ts';
import { isAllowedOrigin } from './origin.ts';
import type { Outbox } from './outbox.ts';
import { closeSocket, SocketPeer, type SocketDeps } from './socket-peer.ts';
import { throttledLog } from './throttled-log.ts';

export interface SocketOptions {
  hub: Hub;
  addresses: AddressBook;
  nowMs: Now;
  setTimer: SetTimer;
  log: Log;
  allowOrigins: readonly string[];
  maxConnections: number;
  heartbeatMs: number;
  maxBufferedBytes: number;
  addressOf: (request: IncomingMessage) => string;
}

/** Our client sends one frame per message; libraries that split it make a few. */
const MAX_FRAGMENTS = 64;
/** Cuts clients that have not answered a stop by then, so that it ends within 2 s (HTTP-5). */
const STOP_WITHIN_MS = 1500;
/** A heartbeat so late means that this process was busy and has not read the answers. */
const LATE_MS = 1000;

/** Serves WebSockets on an HTTP server: admits connections and ends dead ones. */
export function serveSockets(http: Server, options: SocketOptions): { stop: () => Promise<void> } {
  const { hub, nowMs, setTimer, log, maxBufferedBytes, addresses } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frameBytes,
    maxFragments: MAX_FRAGMENTS,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const peers = new Set<SocketPeer>();
  const shared: SocketDeps = {
    hub,
    nowMs,
    setTimer,
    log,
    maxBufferedBytes,
    frameOf: cachingTextFrame(),
    flushSoon: createFlusher(),
  };
  const logRefused = throttledLog(setTimer, (times) =>
    log.info({ times }, 'refused pages of another origin'),
  );
  let heartbeatAtMs = nowMs();
  const timer = setInterval(() => {
    const late = nowMs() - heartbeatAtMs > options.heartbeatMs + LATE_MS;
    heartbeatAtMs = nowMs();
    for (const peer of peers) peer.heartbeat({ late });
  }, options.heartbeatMs);
  let emptied: () => void = () => undefined;
  let stopping = false;

  http.on('upgrade', (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    raw.on('error', destroyed);
    if (stopping) return refuseUpgrade(raw, '503 Service Unavailable');
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') return answerAsPage(http, request, raw);
    if (!isAllowedOrigin(request.headers.origin, request.headers.host, options.allowOrigins)) {
      logRefused();
      return refuseUpgrade(raw, '403 Forbidden');
    }
    server.handleUpgrade(request, raw, head, (socket) => {
      const address = options.addressOf(request);
      if (peers.size >= options.maxConnections) {
        return closeSocket(socket, CLOSE.tryAgainLater, 'the server is full; come back later');
      }
      const account = addresses.account(address);
      const uncount = account.take('handshakes') > 0 ? null : account.count('connections');
      if (uncount) return accept(socket, raw, address, uncount);
      closeSocket(socket, CLOSE.tryAgainLater, 'too many connections from this address');
    });
  });

  function accept(socket: WebSocket, raw: Duplex, address: string, uncount: () => void): void {
    const peer = new SocketPeer(socket, raw, address, shared, (gone) => {
      uncount();
      peers.delete(gone);
      if (peers.size === 0) emptied();
    });
    peers.add(peer);
  }

  return {
    async stop() {
      stopping = true;
      clearInterval(timer);
      hub.closeAll(CLOSE.goingAway, 'the server is stopping; come back');
      if (peers.size === 0) return;
      const cut = setTimeout(() => peers.forEach((peer) => peer.cut()), STOP_WITHIN_MS);
      await new Promise<void>((resolve) => (emptied = resolve));
      clearTimeout(cut);
    },
  };
}

/** Answers an offered upgrade to another protocol, such as curl's h2c, in the request's own (RFC 9110 §7.8). */
function answerAsPage(http: Server, request: IncomingMessage, raw: Duplex): void {
  if (!(raw instanceof Socket)) return refuseUpgrade(raw, '501 Not Implemented');
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(raw);
  response.on('finish', () => raw.end(() => raw.destroy()));
  http.emit('request', request, response);
}

/** Closes both directions: a half-closed socket stays with the client, and no time-out of `http` covers it any more. */
function refuseUpgrade(raw: Duplex, status: string): void {
  raw.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => raw.destroy());
}

// No closure: it would keep the request and its headers as long as the socket.
function destroyed(this: Duplex): void {
  this.destroy();
}

/** Flushes each outbox once per turn of the event loop in which it got frames. */
function createFlusher(): SocketDeps['flushSoon'] {
  let due: Outbox[] = [];
  const flush = () => {
    const now = due;
    due = [];
    for (const outbox of now) outbox.flush();
  };
  return (outbox) => {
    if (due.push(outbox) === 1) setImmediate(flush);
  };
}
