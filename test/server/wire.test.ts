import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Config } from '../../src/server/config.ts';
import { startServer, type RunningServer } from '../../src/server/start-server.ts';
import { BareClient, joinPayload, ROOM, state } from './support.ts';

let running: RunningServer | undefined;
afterEach(() => running?.close());

async function start(config: Partial<Config> = {}): Promise<string> {
  running = await startServer({ port: 0, ...config });
  return running.url;
}

describe('over the wire, with a client that knows only v1', () => {
  it('[ENV-1] greets, lets in, chats, plays, relays and lets go', async () => {
    const url = await start();
    const ada = await BareClient.open(url);
    const hello = await ada.next();
    expect(hello).toMatchObject({ v: 1, type: 'server/hello', payload: { v: 1 } });
    expect(Number.isInteger(hello.payload.nowMs)).toBe(true);
    expect(Math.abs(Number(hello.payload.nowMs) - Date.now())).toBeLessThan(1000);

    const you = { userId: 'ada', displayName: 'ADA' };
    expect(await ada.ask('room/join', joinPayload('ada'))).toEqual([
      { v: 1, type: 'room/joined', payload: { roomId: ROOM, you, peers: [] } },
      { v: 1, type: 'ack', requestId: 'r1', payload: { requestId: 'r1' } },
    ]);
    const bob = await BareClient.joined(url, 'bob');
    expect(await ada.next()).toMatchObject({
      type: 'room/peer_joined',
      payload: { peer: { userId: 'bob' } },
    });

    const said = await ada.ask('chat/send', { roomId: ROOM, text: 'héllo 👋' });
    expect(said.map(({ type }) => type)).toEqual(['chat/message', 'ack']);
    expect(await bob.next()).toEqual(said[0]);

    const set = await ada.ask('watch/set_content', { roomId: ROOM, contentId: 'film', meta: { n: [1] } });
    expect(set[0]).toEqual({
      v: 1,
      type: 'watch/content',
      payload: { roomId: ROOM, contentId: 'film', meta: { n: [1] } },
    });
    expect(await bob.next()).toEqual(set[0]);

    const hourOffMs = Date.now() + 3_600_000;
    expect(await ada.ask('watch/playback_state', state({ hostTsMs: hourOffMs }))).toMatchObject([
      { type: 'ack' },
    ]);
    const { payload: told } = await bob.next();
    const { hostTsMs, ...rest } = told.state as Record<string, unknown>;
    expect(rest).toEqual({ playing: true, positionSec: 10, contentId: 'film' });
    expect(Math.abs(Number(hostTsMs) - Number(told.serverTsMs))).toBeLessThan(50);
    expect(told.fromUserId).toBe('ada');

    const sdp = { type: 'offer', sdp: 'v=0' };
    await ada.ask('webrtc/offer', { roomId: ROOM, toUserId: 'bob', sdp });
    expect(await bob.next()).toEqual({
      v: 1,
      type: 'webrtc/offer',
      payload: { roomId: ROOM, fromUserId: 'ada', sdp },
    });
    await bob.ask('room/leave', { roomId: ROOM });
    expect(await ada.next()).toEqual({
      v: 1,
      type: 'room/peer_left',
      payload: { roomId: ROOM, userId: 'bob' },
    });
  });

  it('[LOSS-1] a TCP end is told at once', async () => {
    const url = await start();
    const ada = await BareClient.joined(url, 'ada');
    const bob = await BareClient.joined(url, 'bob');
    bob.socket.terminate();
    expect(await ada.until('room/peer_left')).toMatchObject({ payload: { userId: 'bob' } });
  });

  it('[LOSS-2] caps are told the end of grace', async () => {
    const url = await start({ graceMs: 50 });
    const ada = await BareClient.joined(url, 'ada', { caps: ['member_state'] });
    const bob = await BareClient.joined(url, 'bob');
    bob.socket.terminate();
    expect(await ada.until('member/states')).toMatchObject({ payload: { members: [{ state: 'lost' }] } });
    expect(await ada.next()).toMatchObject({ type: 'room/peer_left' });
  });

  it('[LOSS-5] a socket that dies silently is found, and one that answers pings stays', async () => {
    const url = await start({ heartbeatMs: 300 });
    const ada = await BareClient.joined(url, 'ada');
    const bob = await BareClient.joined(url, 'bob');
    // A paused TCP socket reads nothing, so it answers no ping: a cable pulled, as the server sees it.
    bob.socket.pause();
    expect(await ada.until('room/peer_left')).toMatchObject({ payload: { userId: 'bob' } });
    expect((await ada.ask('chat/send', { roomId: ROOM, text: 'here' })).length).toBe(2);
    bob.socket.terminate();
  });

  it('[ENV-4] a client may join and speak without waiting', async () => {
    const ada = await BareClient.open(await start());
    ada.tell('room/join', joinPayload('ada'));
    ada.tell('chat/send', { roomId: ROOM, text: 'first' }, 'q');
    expect(await ada.until('ack')).toMatchObject({ requestId: 'q' });
  });

  it('[ERR-2] bad frames of every kind, and the connection goes on', async () => {
    const ada = await BareClient.open(await start());
    await ada.until('server/hello');
    for (const bad of ['junk', '[]', '{"v":2}', Buffer.from([0, 1, 2]), Buffer.from('{"v":1}')]) {
      ada.raw(bad);
      expect(await ada.next()).toMatchObject({ type: 'error', payload: { code: 'bad_request' } });
    }
    expect(await ada.ask('room/join', joinPayload('ada'))).toHaveLength(2);
  });

  it('[LIM-4] a frame too big closes with 1009; the largest that fits is answered', async () => {
    const url = await start();
    const ada = await BareClient.open(url);
    await ada.until('server/hello');
    ada.raw('x'.repeat(64 * 1024));
    expect(await ada.next()).toMatchObject({ payload: { code: 'bad_request' } });
    ada.raw('x'.repeat(64 * 1024 + 1));
    expect(await ada.closed()).toMatchObject({ code: 1009 });
  });

  it('[LIM-2] flooding closes with 1008', async () => {
    const ada = await BareClient.open(await start({ frameBurst: 20, framesPerSec: 1, frameDebt: 10 }));
    for (let i = 0; i < 40; i += 1) ada.raw('junk');
    expect(await ada.closed()).toMatchObject({ code: 1008 });
  });

  it('[LIM-2] pings are frames too', async () => {
    const ada = await BareClient.open(await start({ frameBurst: 20, framesPerSec: 1, frameDebt: 10 }));
    for (let i = 0; i < 40; i += 1) ada.socket.ping();
    expect(await ada.closed()).toMatchObject({ code: 1008 });
  });

  it('[LIM-6] a full server and a crowded address close with 1013, until somebody goes', async () => {
    for (const config of [{ maxConnections: 1 }, { connectionsPerIp: 1 }]) {
      const url = await start(config);
      const ada = await BareClient.open(url);
      const late = await BareClient.open(url);
      expect(await late.closed()).toMatchObject({ code: 1013 });
      ada.socket.close();
      await ada.closed();
      const next = await BareClient.open(url);
      expect((await next.next()).type).toBe('server/hello');
      await running?.close();
    }
  });

  it('[LIM-7] a client that does not read is cut', async () => {
    const url = await start({ maxBufferedBytes: 65_536, framesPerSec: 1e6, frameBurst: 1e6 });
    const ada = await BareClient.joined(url, 'ada');
    const slow = await BareClient.joined(url, 'slow');
    slow.socket.pause();
    const sdp = 'x'.repeat(40_000);
    for (let i = 0; i < 400; i += 1) ada.tell('webrtc/offer', { roomId: ROOM, toUserId: 'slow', sdp });
    expect(await ada.until('room/peer_left')).toMatchObject({ payload: { userId: 'slow' } });
    slow.socket.terminate();
  });

  it('[ENV-1] frames of every length arrive whole', async () => {
    const url = await start();
    const ada = await BareClient.joined(url, 'ada');
    for (const length of [1, 30, 60, 125, 126, 2000, 47_000]) {
      const sdp = 'ü'.repeat(Math.ceil(length / 2));
      const [first] = await ada.ask('webrtc/answer', { roomId: ROOM, toUserId: 'ada', sdp });
      expect(first).toMatchObject({ type: 'webrtc/answer', payload: { sdp } });
    }
  });
});

describe('[LIM-8] origins', () => {
  const opens = async (url: string, headers: Record<string, string>) => {
    const socket = new WebSocket(url.replace('http', 'ws'), { headers });
    socket.on('error', () => undefined);
    const opened = await Promise.race([
      once(socket, 'open').then(() => 101),
      once(socket, 'unexpected-response').then(
        ([, response]: { statusCode?: number }[]) => response?.statusCode,
      ),
    ]);
    socket.terminate();
    return opened;
  };

  it('Extensions, the server’s own page and clients without a page may connect.', async () => {
    const url = await start();
    for (const origin of [`chrome-extension://${'a'.repeat(32)}`, 'moz-extension://0f-1a', url]) {
      expect(await opens(url, { origin })).toBe(101);
    }
    expect(await opens(url, {})).toBe(101);
  });

  it('Other pages may connect only if allowed.', async () => {
    const closed = await start();
    for (const origin of ['https://evil.example', 'null', 'chrome-extension://a/b', 'http://127.0.0.1']) {
      expect(await opens(closed, { origin })).toBe(403);
    }
    await running?.close();
    const open = await start({ allowOrigins: ['https://good.example'] });
    expect(await opens(open, { origin: 'https://good.example' })).toBe(101);
    expect(await opens(open, { origin: 'https://evil.example' })).toBe(403);
    await running?.close();
    expect(await opens(await start({ allowOrigins: ['*'] }), { origin: 'https://any.example' })).toBe(101);
  });

  it('A TCP client that sends rubbish harms nobody.', async () => {
    const url = await start();
    const raw = connect(Number(new URL(url).port), '127.0.0.1');
    raw.end('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    raw.resume();
    await once(raw, 'close');
    expect((await (await BareClient.open(url)).next()).type).toBe('server/hello');
  });
});

describe('stopping', () => {
  it('[HTTP-5] the signal closes every client with 1001', async () => {
    const stop = new AbortController();
    running = await startServer({ port: 0 }, { signal: stop.signal });
    const ada = await BareClient.open(running.url);
    stop.abort();
    expect(await ada.closed()).toMatchObject({
      code: 1001,
      reason: expect.stringContaining('stopping') as string,
    });
  });

  it('A start on a port in use rejects.', async () => {
    await start();
    await expect(startServer({ port: running?.port ?? 0 })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
