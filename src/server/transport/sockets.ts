import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE, LIMITS } from '../../protocol/index.ts';
import type { Hub } from '../hub.ts';
import type { Log, Now } from '../ports.ts';
import { cachingTextFrame } from './frame.ts';
import { createHeartbeat } from './heartbeat.ts';
import { mayUse } from './origin.ts';
import { outboxes } from './outbox.ts';

export interface SocketOptions {
  hub: Hub;
  nowMs: Now;
  log: Log;
  allowOrigins: readonly string[];
  maxConnections: number;
  connectionsPerIp: number;
  heartbeatMs: number;
  /** A client that lets so many bytes wait is ended. */
  maxBufferedBytes: number;
  addressOf: (request: IncomingMessage) => string;
}

/** How long a client may take to answer a close before its socket is cut. */
const CLOSE_TIMEOUT_MS = 1000;

/** Puts WebSockets on an HTTP server: who may connect, how frames go in and out, and when a silent one is given up. */
export function serveSockets(http: Server, options: SocketOptions): { stop: () => Promise<void> } {
  const { hub, nowMs, log, addressOf } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const perAddress = new Map<string, number>();
  const beats = new Set<() => void>();
  const gone = new Set<Promise<void>>();
  const frameOf = cachingTextFrame();
  const createOutbox = outboxes();
  const timer = setInterval(() => beats.forEach((beat) => beat()), options.heartbeatMs);

  http.on('upgrade', (request: IncomingMessage, raw: Duplex, head: Buffer) => {
    raw.on('error', () => raw.destroy());
    if (!mayUse(request.headers.origin, request.headers.host, options.allowOrigins)) {
      log.info({}, 'refused a page of another origin');
      raw.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    server.handleUpgrade(request, raw, head, (socket) => {
      const address = addressOf(request);
      const full = crowded(address);
      if (full !== null) close(socket, CLOSE.tryAgainLater, full);
      else accept(socket, raw, address);
    });
  });

  function crowded(address: string): string | null {
    if (beats.size >= options.maxConnections) return 'the server is full; come back later';
    if ((perAddress.get(address) ?? 0) < options.connectionsPerIp) return null;
    return 'too many connections from this address';
  }

  function accept(socket: WebSocket, raw: Duplex, address: string): void {
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
    // Straight to the TCP socket: without compression ws would only put a header before every copy.
    const outbox = createOutbox((bytes) => {
      if (socket.readyState === socket.OPEN) raw.write(bytes);
    });
    const client = hub.connect({
      send(text, urgent) {
        if (socket.readyState !== socket.OPEN) return;
        outbox.add(frameOf(text));
        if (urgent) outbox.flush();
        if (raw.writableLength + outbox.waitingBytes <= options.maxBufferedBytes) return;
        log.warn({ connection: client.number }, 'ended a client that does not read');
        socket.terminate();
      },
      close(code, reason) {
        outbox.flush();
        close(socket, code, reason);
      },
    });
    const { beat } = createHeartbeat(socket, nowMs, (rttMs) => client.noteRoundTrip(rttMs));
    beats.add(beat);
    beat();
    socket.on('message', (data: Buffer, isBinary) =>
      isBinary ? client.receiveBinary() : client.receive(data.toString()),
    );
    socket.on('ping', () => client.receiveControl());
    socket.on('pong', () => client.receiveControl());
    socket.on('error', (error) =>
      log.debug({ connection: client.number, error: error.name }, 'socket error'),
    );
    const left = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    gone.add(left);
    void left.then(() => {
      gone.delete(left);
      beats.delete(beat);
      const others = (perAddress.get(address) ?? 1) - 1;
      if (others > 0) perAddress.set(address, others);
      else perAddress.delete(address);
      client.disconnected();
    });
  }

  return {
    async stop() {
      clearInterval(timer);
      hub.closeAll(CLOSE.goingAway, 'the server is stopping; come back');
      await Promise.all(gone);
    },
  };
}

function close(socket: WebSocket, code: number, reason: string): void {
  socket.on('error', () => socket.terminate());
  socket.close(code, reason);
  const cut = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
  socket.once('close', () => clearTimeout(cut));
}
