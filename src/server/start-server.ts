import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServerClock } from './clock.ts';
import { settings, type Config } from './config.ts';
import { guardedTimer } from './guarded-timer.ts';
import { createSite } from './http/site.ts';
import { createHub } from './hub.ts';
import { AddressBook } from './limits/address-book.ts';
import { silentLog, type Log } from './ports.ts';
import { randomId } from './secrets.ts';
import type { RoomStore } from './store.ts';
import { addressReader } from './transport/address.ts';
import { serveSockets } from './transport/sockets.ts';

export interface RunningServer {
  /** `http://host:port`; sockets connect to the same address by `ws:`. */
  url: string;
  port: number;
  /** Tells every client that the server stops, and resolves when all are gone, within about a second. */
  close: () => Promise<void>;
}

interface ServerHost {
  log?: Log;
  store?: RoomStore;
  /** Closes the server when aborted. */
  signal?: AbortSignal;
}

/** Sockets beyond the allowed WebSockets: for pages, and for clients that a full server refuses. */
const SPARE_SOCKETS = 1000;
/** No honest client needs longer for a request without a body. */
const TIMEOUTS = { keepAliveTimeout: 5000, headersTimeout: 10_000, requestTimeout: 10_000 };

/** Starts a server with defaults for missing settings. Rejects if the address cannot be listened on. */
export async function startServer(
  config: Partial<Config> = {},
  outside: ServerHost = {},
): Promise<RunningServer> {
  const { log = silentLog, store, signal } = outside;
  const full: Config = { ...settings.parse({}), ...config };
  const nowMs = createServerClock();
  const setTimer = guardedTimer(log);
  const addresses = new AddressBook(full, nowMs);
  const deps = { nowMs, setTimer, log, addresses };
  const hub = createHub({ ...deps, randomId, limits: full, ice: full, ...(store && { store }) });
  const shared = { ...deps, hub, addressOf: addressReader(full.trustProxy) };
  const http = createServer(TIMEOUTS, createSite({ ...shared, ...full }));
  http.maxConnections = full.maxConnections + SPARE_SOCKETS;
  // Upgrade requests come only after this line, so every socket is served.
  const sockets = serveSockets(http, { ...shared, ...full });
  try {
    await listen(http, full);
  } catch (error) {
    await sockets.stop();
    throw error;
  }
  // A TCP server that listens has an AddressInfo; a string is for pipes.
  const { port } = http.address() as AddressInfo;
  const host = full.host.includes(':') ? `[${full.host}]` : full.host;

  let closing: Promise<void> | undefined;
  const close = () => (closing ??= stop());
  async function stop() {
    const closed = new Promise((resolve) => http.close(resolve));
    await sockets.stop();
    http.closeAllConnections();
    await closed;
  }
  signal?.addEventListener('abort', () => void close(), { once: true });
  if (signal?.aborted) await close();
  return { url: `http://${host}:${port}`, port, close };
}

function listen(http: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}
