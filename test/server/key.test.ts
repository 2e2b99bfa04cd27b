import { afterEach, describe, expect, it } from 'vitest';
import type { Log } from '../../src/server/ports.ts';
import { startServer, type RunningServer } from '../../src/server/start-server.ts';
import { ALL_CAPS, BareClient, joinPayload, ROOM, virtualHub, type FakeClient } from './support.ts';

const KEY = 'the-key-of-this-room';
const KEYED = { caps: ALL_CAPS, key: KEY };
const refused = (reason: string) => ({ type: 'error', payload: { code: 'unauthorized', reason } });
const join = (one: FakeClient, name: string, extra: Record<string, unknown> = {}) =>
  one.ask('room/join', joinPayload(name, extra));
const snapshot = (seq = 0) => ({ epoch: 'before', seq });

describe('the key of a room', () => {
  it('[KEY-1] [KEY-2] The maker sets the key, and only joiners that show it come in.', () => {
    const { client } = virtualHub();
    const ada = client('ada', KEYED);
    expect(ada.take()[1]?.payload).toMatchObject({ keyed: true });
    for (const extra of [{}, { caps: ALL_CAPS }, { caps: ALL_CAPS, key: `${KEY}x` }]) {
      expect(join(client(), 'eve', extra)).toMatchObject(refused('key'));
    }
    expect(ada.take()).toEqual([]);
    expect(join(client(), 'bob', KEYED).type).toBe('ack');
  });

  it('[KEY-2] [ERR-6] A returning member shows the key, too, whatever token it has.', () => {
    const { client } = virtualHub();
    client('ada', KEYED);
    const resumeToken = 'a-token-of-bobs-own';
    const bob = client('bob', { ...KEYED, resumeToken });
    bob.drop();
    expect(join(client(), 'bob', { caps: ALL_CAPS, resumeToken })).toMatchObject(refused('key'));
    expect(join(client(), 'bob', { ...KEYED, resumeToken }).type).toBe('ack');
  });

  it('[KEY-1] [CAP-2] A key without its cap is ignored, and a room without a key takes none later.', () => {
    const { client } = virtualHub();
    const ada = client('ada', { caps: ['history'], key: KEY });
    expect(ada.take()[1]?.payload).not.toHaveProperty('keyed');
    const bob = client('bob', KEYED);
    expect(bob.take()[1]?.payload).toMatchObject({ keyed: false });
    expect(join(client(), 'plain').type).toBe('ack');
  });

  it('[KEY-3] The key comes back to a room that a squatter without it has locked and ruled.', () => {
    const { client } = virtualHub();
    const mal = client('mal', { caps: ALL_CAPS });
    mal.tell('room/set_lock', { roomId: ROOM, locked: true });
    expect(join(client(), 'ada', { ...KEYED, snapshot: snapshot() }).type).toBe('ack');
    expect(join(client(), 'bob', KEYED).type).toBe('ack');
    expect(join(client(), 'mal', { caps: ALL_CAPS })).toMatchObject(refused('key'));
  });

  it('[KEY-3] [RES-9] A member with a snapshot brings the key back, and strangers are removed.', () => {
    const { client } = virtualHub();
    const eve = client('eve', { caps: ALL_CAPS });
    const plain = client('plain');
    for (const one of [eve, plain]) one.take();
    const ada = client('ada', { ...KEYED, snapshot: snapshot() });
    expect(ada.take()[1]?.payload).toMatchObject({ keyed: true, hostUserId: 'ada', peers: [] });
    expect(eve.take()).toContainEqual(
      expect.objectContaining({ type: 'room/removed', payload: { roomId: ROOM, byUserId: 'ada' } }),
    );
    expect(plain.take()).toContainEqual(
      expect.objectContaining({
        type: 'error',
        payload: expect.objectContaining({ code: 'unauthorized' }) as unknown,
      }),
    );
    expect(eve.ask('chat/send', { roomId: ROOM, text: 'x' })).toMatchObject({
      payload: { code: 'not_in_room' },
    });
    expect(join(client(), 'bob', { ...KEYED, snapshot: snapshot() }).type).toBe('ack');
  });

  it('[KEY-3] No key is taken from a newcomer, nor by a room with content.', () => {
    const { client } = virtualHub();
    const eve = client('eve');
    client('new', KEYED);
    eve.tell('watch/set_content', { roomId: ROOM, contentId: 'film' });
    client('ada', { ...KEYED, snapshot: snapshot(4) });
    expect(join(client(), 'plain').type).toBe('ack');
  });

  it('[KEY-4] A guesser’s connection is closed, and the others come in all the same.', () => {
    const { client } = virtualHub();
    client('ada', KEYED);
    const eve = client();
    for (let at = 0; at < 10; at += 1) {
      expect(join(eve, 'eve', { caps: ALL_CAPS, key: `guess-${at}-guess-guess` })).toMatchObject(
        refused('key'),
      );
    }
    eve.tell('room/join', joinPayload('eve', { caps: ALL_CAPS, key: 'guess-again-and-again' }));
    expect(eve.closed?.code).toBe(1008);
    const again = client();
    again.tell('room/join', joinPayload('eve', { caps: ALL_CAPS, key: 'guess-again-and-again' }));
    expect(again.closed?.code).toBe(1008);
    expect(join(client(), 'bob', KEYED).type).toBe('ack');
  });
});

describe('what a keyed room tells', () => {
  let running: RunningServer | undefined;
  afterEach(() => running?.close());

  it('[KEY-5] A keyed room tells nothing without its key, and the key is in no log.', async () => {
    const lines: string[] = [];
    const line = (fields: unknown, message: string) => void lines.push(JSON.stringify(fields) + message);
    const log: Log = { debug: line, info: line, warn: line, error: line };
    running = await startServer({ port: 0 }, { log });
    const { url } = running;
    const ada = await BareClient.joined(url, 'ada', KEYED);
    await ada.ask('watch/set_content', {
      roomId: ROOM,
      contentId: 'https://films.example/1',
      meta: { title: 'Secret' },
    });
    const nothing = { exists: true, keyed: true, members: [], content: null, playing: false };
    const look = async (headers: Record<string, string>, path = '') =>
      (await fetch(`${url}/api/rooms/${ROOM}${path}`, { headers })).json() as Promise<unknown>;
    expect(await look({})).toEqual(nothing);
    expect(await look({ 'x-room-key': 'another-key-of-some-length' })).toEqual(nothing);
    expect(await look({}, `?k=${KEY}`)).toEqual(nothing);
    expect(await look({ 'x-room-key': KEY })).toMatchObject({
      keyed: false,
      members: ['ADA'],
      content: { title: 'Secret', origin: 'https://films.example' },
    });
    const page = await (await fetch(`${url}/join/${ROOM}`)).text();
    expect(page).not.toMatch(/ADA|Secret/);
    await BareClient.joined(url, 'eve', { caps: ALL_CAPS, key: `${KEY}x` });
    expect(lines.join('\n')).not.toContain(KEY);
  });

  it('[KEY-5] Only pages of the extension may send the key; their browsers ask first.', async () => {
    running = await startServer({ port: 0 });
    const ask = (origin: string) =>
      fetch(`${running?.url ?? ''}/api/rooms/${ROOM}`, { method: 'OPTIONS', headers: { origin } });
    const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
    const allowed = await ask(origin);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-allow-headers')).toBe('x-room-key');
    expect((await ask('https://evil.example')).status).toBe(403);
  });
});
