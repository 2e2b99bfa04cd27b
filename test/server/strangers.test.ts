import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Config } from '../../src/server/config.ts';
import type { Log } from '../../src/server/ports.ts';
import { startServer, type RunningServer } from '../../src/server/start-server.ts';
import { ALL_CAPS, BareClient, ROOM } from './support.ts';

let running: RunningServer | undefined;
afterEach(() => running?.close());

async function start(config: Partial<Config> = {}, log?: Log): Promise<string> {
  running = await startServer({ port: 0, ...config }, log && { log });
  return running.url;
}

/** Limits so high that only what is tested counts. */
const NO_LIMITS = { frameBurst: 1e6, framesPerSec: 1e6, frameDebt: 1e6, chatBurst: 1e6, chatPerSec: 1e6 };
const nested = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

/** A TCP connection that sends an upgrade, as far as `part` of its text. */
function upgrade(
  url: string,
  headers: string,
  { part = 1, upgrade = 'websocket', path = '/' } = {},
): { socket: Socket; rest: string } {
  const { port, host } = new URL(url);
  const text = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    `Upgrade: ${upgrade}`,
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    `${headers}\r\n\r\n`,
  ].join('\r\n');
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
  const cut = Math.floor(text.length * part);
  socket.on('error', () => undefined);
  socket.write(text.slice(0, cut));
  return { socket, rest: text.slice(cut) };
}

describe('a single input', () => {
  it.each([
    ['watch/set_content', `{"roomId":"r","contentId":"c","meta":${nested(5000)}}`],
    ['room/join', `{"roomId":"r","client":{"userId":"e","displayName":"E"},"snapshot":${nested(5000)}}`],
    ['webrtc/offer', `{"roomId":"r","toUserId":"e","sdp":{"a":${nested(5000)}}}`],
    ['webrtc/ice', `{"roomId":"r","toUserId":"e","candidate":${nested(5000)}}`],
    ['nothing known', nested(30_000)],
  ])(
    '[ERR-1] [LIM-1] %s nested thousands deep is a bad frame, and the others chat on',
    async (type, payload) => {
      const url = await start();
      const ada = await BareClient.joined(url, 'ada');
      const eve = await BareClient.open(url);
      await eve.until('server/hello');
      eve.raw(`{"v":1,"type":"${type}","requestId":"deep","payload":${payload}}`);
      expect(await eve.next()).toMatchObject({
        type: 'error',
        requestId: 'deep',
        payload: { code: 'bad_request' },
      });
      expect(await ada.ask('chat/send', { roomId: ROOM, text: 'still here' })).toHaveLength(2);
    },
  );

  it('[LIM-16] a message in more pieces than any library makes closes its own connection', async () => {
    const url = await start();
    const ada = await BareClient.joined(url, 'ada');
    const eve = await BareClient.open(url);
    for (let i = 0; i < 100; i += 1) eve.socket.send('x', { fin: false });
    expect((await eve.closed()).code).not.toBe(1000);
    expect(await ada.ask('chat/send', { roomId: ROOM, text: 'still here' })).toHaveLength(2);
  });
});

describe('[LIM-7] a slow reader', () => {
  it('Ten slow readers at once are let into a room full of the longest lines.', async () => {
    const url = await start({ chatBurst: 200 });
    const caps = { caps: ALL_CAPS };
    const ada = await BareClient.joined(url, 'ada', caps);
    const line = '\u0001\u6f22"\\'.repeat(500);
    for (let i = 0; i < 100; i += 1) ada.tell('chat/send', { roomId: ROOM, text: line });
    await ada.ask('room/set_lock', { roomId: ROOM, locked: false });
    const joiners = await Promise.all(
      Array.from({ length: 10 }, (_, i) => BareClient.joined(url, `late-${i}`, caps)),
    );
    for (const one of joiners) {
      expect(await one.ask('chat/send', { roomId: ROOM, text: 'in' })).not.toHaveLength(0);
      one.socket.terminate();
    }
  });

  it('A slow reader survives one member’s burst to everybody.', async () => {
    const url = await start();
    const eve = await BareClient.joined(url, 'eve');
    const readers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => BareClient.joined(url, `reader-${i}`)),
    );
    const meta = { title: 'x'.repeat(8000) };
    for (let i = 0; i < 250; i += 1) {
      eve.tell('watch/set_content', { roomId: ROOM, contentId: `film-${i}`, meta });
    }
    for (const one of readers) {
      expect((await one.ask('chat/send', { roomId: ROOM, text: 'still here' })).at(-1)?.type).toBe('ack');
    }
  });

  it('[LIM-14] A slow reader gets the newest state instead of all.', async () => {
    const url = await start({ ...NO_LIMITS, maxBufferedBytes: 100_000_000 });
    const ada = await BareClient.joined(url, 'ada', { caps: ALL_CAPS });
    const slow = await BareClient.joined(url, 'slow', { caps: ALL_CAPS });
    slow.socket.pause();
    const sdp = 'x'.repeat(47_000);
    for (let i = 0; i < 200; i += 1) ada.tell('webrtc/offer', { roomId: ROOM, toUserId: 'slow', sdp });
    for (let i = 1; i <= 400; i += 1) {
      const state = { playing: false, positionSec: i, hostTsMs: Date.now() };
      ada.tell('watch/playback_state', { roomId: ROOM, state });
    }
    await ada.ask('room/set_lock', { roomId: ROOM, locked: true });
    slow.socket.resume();
    const told: unknown[] = [];
    for (;;) {
      const { type, payload } = await slow.next();
      if (type === 'room/roles') break;
      if (type === 'watch/playback_state') told.push((payload.state as { positionSec: number }).positionSec);
    }
    expect(told).toEqual([400]);
  });

  it('A client that reads nothing for five seconds is cut.', async () => {
    const url = await start({ ...NO_LIMITS, maxBufferedBytes: 65_536, heartbeatMs: 60_000 });
    const ada = await BareClient.joined(url, 'ada');
    const deaf = await BareClient.joined(url, 'deaf');
    deaf.socket.pause();
    const sdp = 'x'.repeat(40_000);
    // More than the kernel buffers for it, and less than is cut at once.
    let sent = 0;
    const filling = setInterval(() => {
      ada.tell('webrtc/offer', { roomId: ROOM, toUserId: 'deaf', sdp });
      sent += 1;
    }, 10);
    try {
      expect(await ada.until('room/peer_left')).toMatchObject({ payload: { userId: 'deaf' } });
      expect(sent).toBeGreaterThan(0);
    } finally {
      clearInterval(filling);
      deaf.socket.terminate();
    }
  });
});

describe('refused sockets', () => {
  it('[LIM-8] a refused page’s socket is given back, though its client keeps its side open', async () => {
    const { socket } = upgrade(await start(), 'Origin: https://evil.example');
    socket.resume();
    // Writing into a connection that the server has destroyed is answered by a reset.
    const writing = setInterval(() => socket.write('x'), 20);
    await new Promise((resolve) => socket.on('close', resolve));
    clearInterval(writing);
  });

  it('[LIM-8] a site whose name was pointed to this server is another site', async () => {
    const url = await start();
    const { port } = new URL(url);
    const host = `evil.example:${port}`;
    const socket = new WebSocket(url.replace('http', 'ws'), { headers: { host, origin: `http://${host}` } });
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
  });

  it('[LIM-8] thousands of refused pages are one line of the log', async () => {
    const lines: unknown[] = [];
    const write = (fields: unknown) => void lines.push(fields);
    const log = { debug: write, info: write, warn: write, error: write };
    const url = await start({}, log);
    for (let i = 0; i < 50; i += 1) {
      const { socket } = upgrade(url, 'Origin: https://evil.example');
      socket.resume();
      await new Promise((resolve) => socket.on('end', resolve));
      socket.destroy();
    }
    expect(lines).toHaveLength(1);
  });

  it('[HTTP-4] who offers another protocol than WebSocket is answered a page, with its security headers', async () => {
    const { socket } = upgrade(await start(), 'X-Offers: h2c', { upgrade: 'h2c', path: '/healthz' });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => socket.on('end', resolve));
    const answer = Buffer.concat(chunks).toString();
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain("content-security-policy: default-src 'none'");
    expect(answer).toContain('"status":"ok"');
    socket.destroy();
  });

  it('[HTTP-5] a half-done upgrade does not keep the server from stopping', async () => {
    const url = await start();
    const { socket, rest } = upgrade(url, 'X-Padding: some', { part: 0.9 });
    await once(socket, 'connect');
    const stopped = running?.close();
    setTimeout(() => socket.write(rest), 100);
    socket.resume();
    await stopped;
    socket.destroy();
  });
});

describe('[LIM-9] addresses', () => {
  it('The addresses of one IPv6 network share one allowance of connections.', async () => {
    const url = await start({ trustProxy: true, connectionsPerIp: 2 });
    const open = (address: string) => BareClient.open(url, { 'x-forwarded-for': address });
    const first = await open('2001:db8:1:2::1');
    await first.until('server/hello');
    await (await open('[2001:db8:1:2::2]:4711')).until('server/hello');
    expect(await (await open('2001:db8:1:2:ffff::3')).closed()).toMatchObject({ code: 1013 });
    expect((await (await open('2001:db8:1:3::1')).next()).type).toBe('server/hello');
  });
});
