import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { until } from './until.ts';

const PLACES = [
  process.env.STREAMSYNC_TURNSERVER,
  '/usr/bin/turnserver',
  '/usr/local/bin/turnserver',
  '/opt/homebrew/bin/turnserver',
];

export interface TurnServer {
  port: number;
  /** What a StreamSync server needs to hand out credentials for it, where browsers reach it at `reachedAt`. */
  env: (reachedAt?: number) => Record<string, string>;
  close: () => Promise<void>;
}

/** A real coturn on this machine, reached by TCP, which asks for credentials made with a shared secret. */
export async function startTurnServer(): Promise<TurnServer> {
  const path = PLACES.find((place) => place && existsSync(place));
  if (!path) throw new Error('No coturn found: install it (Debian: sudo apt-get install coturn).');
  const port = await freePort();
  const secret = crypto.randomUUID();
  const child = spawn(
    path,
    [
      ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--no-udp', '--log-file', 'stdout', '--simple-log'],
      ...['--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--allow-loopback-peers'],
      // Of own-network.ts: coturn stumbles over packets to where its relay address cannot send.
      '--denied-peer-ip=10.77.0.0-10.77.255.255',
      ...['--listening-port', String(port), '--realm', 'streamsync.test'],
      ...['--use-auth-secret', '--static-auth-secret', secret],
      ...['--pidfile', `${tmpdir()}/streamsync-turn-${port}.pid`],
    ],
    { stdio: 'ignore' },
  );
  await until(() => answers(port), { timeoutMs: 10_000 });
  return {
    port,
    env: (reachedAt = port) => ({
      STREAMSYNC_TURN_URLS: `turn:127.0.0.1:${reachedAt}?transport=tcp`,
      STREAMSYNC_TURN_SECRET: secret,
    }),
    close: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve('coturn does not listen'));
    socket.on('connect', () => {
      socket.destroy();
      resolve(null);
    });
  });
}
