import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE, LIMITS } from '../../protocol/index.ts';
import type { Hub } from '../hub.ts';
import type { Log, Now } from '../ports.ts';
import { cachingTextFrame } from './frame.ts';
import { mayUse } from './origin.ts';
import { closeSocket, SocketPeer, type Shared } from './socket-peer.ts';

export interface SocketOptions {
  hub: Hub;
  nowMs: Now;
  log: Log;
  allowOrigins: readonly string[];
  maxConnections: number;
  connectionsPerIp: number;
  heartbeatMs: number;
  maxBufferedBytes: number;
  addressOf: (request: IncomingMessage) => string;
}

/** Puts WebSockets on an HTTP server: who may connect, and when one is given up. */
export function serveSockets(http: Server, options: SocketOptions): { stop: () => Promise<void> } {
  const { hub, nowMs, log, maxBufferedBytes } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const peers = new Set<SocketPeer>();
  const perAddress = new Map<string, number>();
  const shared: Shared = {
    hub,
    nowMs,
    log,
    maxBufferedBytes,
    frameOf: cachingTextFrame(),
    flushSoon: createFlusher(),
  };
  const timer = setInterval(() => peers.forEach((peer) => peer.beat()), options.heartbeatMs);
  let emptied: () => void = () => undefined;

  http.on('upgrade', (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    raw.on('error', destroyed);
    if (!mayUse(request.headers.origin, request.headers.host, options.allowOrigins)) {
      log.info({}, 'refused a page of another origin');
      raw.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, raw, head, (socket) => {
      const address = options.addressOf(request);
      const full = crowded(address);
      if (full !== null) closeSocket(socket, CLOSE.tryAgainLater, full);
      else accept(socket, raw, address);
    });
  });

  function crowded(address: string): string | null {
    if (peers.size >= options.maxConnections) return 'the server is full; come back later';
    if ((perAddress.get(address) ?? 0) < options.connectionsPerIp) return null;
    return 'too many connections from this address';
  }

  function accept(socket: WebSocket, raw: Duplex, address: string): void {
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
    const peer = new SocketPeer(socket, raw, address, shared, (gone) => {
      const others = (perAddress.get(address) ?? 1) - 1;
      if (others > 0) perAddress.set(address, others);
      else perAddress.delete(address);
      peers.delete(gone);
      if (peers.size === 0) emptied();
    });
    peers.add(peer);
  }

  return {
    async stop() {
      clearInterval(timer);
      hub.closeAll(CLOSE.goingAway, 'the server is stopping; come back');
      if (peers.size > 0) await new Promise<void>((resolve) => (emptied = resolve));
    },
  };
}

// Not a closure: that would keep the request and its headers as long as the socket.
function destroyed(this: Duplex): void {
  this.destroy();
}

/** Flushes every peer once per turn of the event loop in which it was sent something. */
function createFlusher(): Shared['flushSoon'] {
  let due: SocketPeer[] = [];
  const flush = () => {
    const now = due;
    due = [];
    for (const peer of now) peer.flush();
  };
  return (peer) => {
    if (due.push(peer) === 1) setImmediate(flush);
  };
}
