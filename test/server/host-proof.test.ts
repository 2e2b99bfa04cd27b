import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyOfSecret, withCertificate, type RoomAccess } from '../../src/protocol/index.ts';
import { ALL_CAPS, joinPayload, ROOM, virtualHub, type FakeClient } from './support.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest();
const SECRET = 'a-secret-of-the-maker';
const KEY = keyOfSecret(sha256(SECRET));
const FILM = { contentId: 'film' };
const KEYED = { caps: ALL_CAPS, key: KEY };
const as = (name: string) => ({ ...KEYED, resumeToken: `a-token-of-${name}-s-own` });
const maker = { ...as('ana'), access: { hostSecret: SECRET } };

const locked = { type: 'error', payload: { code: 'unauthorized', reason: 'locked' } };
const identity = { type: 'error', payload: { code: 'unauthorized', reason: 'identity' } };
const join = (one: FakeClient, name: string, extra: Record<string, unknown>) =>
  one.ask('room/join', joinPayload(name, extra));
const of = (one: FakeClient, type: string) =>
  one
    .take()
    .filter((message) => message.type === type)
    .map(({ payload }) => payload);
const accessOf = (one: FakeClient) => of(one, 'room/access').at(-1)?.access as RoomAccess | undefined;

/** A party in which Eve was removed, and then its server restarted: `after` knows nothing of it. */
function restarted() {
  const before = virtualHub();
  const ana = before.client('ana', maker);
  before.client('ben', as('ben'));
  before.client('eve', as('eve'));
  ana.tell('watch/set_content', { roomId: ROOM, ...FILM });
  ana.tell('room/remove', { roomId: ROOM, userId: 'eve' });
  const access = accessOf(ana);
  const snapshot = { epoch: 'the-true-one', seq: 1, content: FILM };
  return { after: virtualHub(), access, memory: { ...as('ana'), snapshot, access } };
}
const madeUp = { epoch: 'eves-own', seq: 9e8, content: { contentId: 'eves-film' } };

describe('the maker of a room', () => {
  it('[PROOF-3] Only the host gets the access rules that it may have to restore.', () => {
    const { client } = virtualHub();
    const ana = client('ana', maker);
    expect(accessOf(ana)).toMatchObject({ hostSecret: SECRET, locked: false, guards: [{ userId: 'ana' }] });
    const ben = client('ben', as('ben'));
    expect(accessOf(ana)).toMatchObject({ guards: [{ userId: 'ana' }, { userId: 'ben' }] });
    ana.tell('room/set_lock', { roomId: ROOM, locked: true });
    expect(accessOf(ana)).toMatchObject({ locked: true });
    expect(of(ben, 'room/access')).toEqual([]);
    ana.tell('room/hand_over', { roomId: ROOM, toUserId: 'ben' });
    expect(accessOf(ben)).toMatchObject({ hostSecret: SECRET, locked: true });
    ana.take();
    ben.tell('room/set_lock', { roomId: ROOM, locked: false });
    expect(of(ana, 'room/access')).toEqual([]);
  });

  it('[PROOF-3] [ROLE-2] The host’s successor gets them, too.', () => {
    const { client, time } = virtualHub();
    const ana = client('ana', maker);
    const ben = client('ben', as('ben'));
    ana.drop();
    time.pass(8000);
    expect(accessOf(ben)).toMatchObject({ hostSecret: SECRET });
  });

  it('[PROOF-2] [CAP-2] A secret of another key, or without the cap, proves nothing.', () => {
    const { client } = virtualHub();
    client('ben', as('ben'));
    for (const extra of [
      { ...KEYED, access: { hostSecret: 'another-secret-of-22-c' } },
      { ...maker, caps: ALL_CAPS.filter((cap) => cap !== 'host_proof') },
    ]) {
      const eve = client(`eve-${ALL_CAPS.length - extra.caps.length}`, extra);
      expect(of(eve, 'room/joined')[0]).toMatchObject({ hostUserId: 'ben' });
      eve.drop();
    }
  });

  it('[PROOF-4] The maker replaces as host a guest who came first by the same link.', () => {
    const { client } = virtualHub();
    const ben = client('ben', as('ben'));
    ben.take();
    const ana = client('ana', maker);
    expect(of(ben, 'room/roles')).toMatchObject([{ hostUserId: 'ana' }]);
    expect(ana.ask('room/set_lock', { roomId: ROOM, locked: true }).type).toBe('ack');
  });

  it('[PROOF-4] A second proof changes nothing: a room that knows its maker keeps its host.', () => {
    const { client } = virtualHub();
    const ana = client('ana', maker);
    client('ben', as('ben'));
    ana.tell('room/hand_over', { roomId: ROOM, toUserId: 'ben' });
    ana.tell('room/leave', { roomId: ROOM });
    expect(of(client('ana', maker), 'room/joined')[0]).toMatchObject({ hostUserId: 'ben' });
  });
});

describe('a server that has forgotten a room', () => {
  it('[PROOF-4] [MOD-4] The server believes the maker over a removed guest who was quicker.', () => {
    const { after, memory } = restarted();
    const eve = after.client('eve', { ...as('eve'), snapshot: madeUp });
    eve.take();
    const ana = after.client('ana', memory);
    const told = ana.take();
    expect(told).toContainEqual(
      expect.objectContaining({
        type: 'room/joined',
        payload: expect.objectContaining({ peers: [], hostUserId: 'ana', locked: true }) as unknown,
      }),
    );
    expect(told.find(({ type }) => type === 'watch/content')?.payload).toMatchObject(FILM);
    expect(eve.take()).toContainEqual(expect.objectContaining({ type: 'room/removed' }));
    expect(join(after.client(), 'eve', as('eve'))).toMatchObject(locked);
  });

  it('[PROOF-4] [ERR-6] Former members come in again, and nobody else under their names.', () => {
    const { after, memory } = restarted();
    const impostor = after.client('ben', as('eve'));
    const stranger = after.client('eve-again', as('eve'));
    for (const one of [impostor, stranger]) one.take();
    after.client('ana', memory);
    for (const one of [impostor, stranger]) expect(of(one, 'room/removed')).toHaveLength(1);
    expect(join(after.client(), 'ben', as('eve'))).toMatchObject(identity);
    expect(join(after.client(), 'eve-again', as('eve'))).toMatchObject(locked);
    expect(join(after.client(), 'ben', as('ben')).type).toBe('ack');
  });

  it('[MOD-4] The server forgets lock and removals while nobody proves to have made the room.', () => {
    const { after } = restarted();
    after.client('ben', as('ben'));
    expect(join(after.client(), 'eve', as('eve')).type).toBe('ack');
  });

  it('[PROOF-4] The maker comes in although a quicker guest has removed them and locked the room.', () => {
    const { after, memory } = restarted();
    const eve = after.client('eve', { ...as('eve'), snapshot: madeUp });
    const impostor = after.client('ana', as('eve'));
    after.time.pass(8000);
    expect(eve.ask('room/remove', { roomId: ROOM, userId: 'ana' }).type).toBe('ack');
    expect(impostor.take().at(-1)?.type).toBe('room/removed');
    expect(join(after.client(), 'ana', memory).type).toBe('ack');
  });

  it('[PROOF-4] The others get a later seq than they know, whatever a forged snapshot said.', () => {
    const { after, memory } = restarted();
    const ben = after.client('ben', { ...as('ben'), snapshot: madeUp });
    ben.take();
    after.client('ana', memory);
    expect(Number(of(ben, 'watch/content')[0]?.seq)).toBeGreaterThan(madeUp.seq);
  });

  it('[PROOF-5] Nobody locks, removes or hands over while the maker may still be on the way.', () => {
    const { after } = restarted();
    const eve = after.client('eve', { ...as('eve'), snapshot: madeUp });
    after.client('ben', as('ben'));
    for (const [type, payload] of [
      ['room/remove', { userId: 'ben' }],
      ['room/set_lock', { locked: true }],
      ['room/hand_over', { toUserId: 'ben' }],
    ] as const) {
      const answer = eve.ask(type, { roomId: ROOM, ...payload });
      expect(answer.payload).toMatchObject({ code: 'unauthorized', retryAfterMs: 8000 });
    }
    after.time.pass(8000);
    expect(eve.ask('room/set_lock', { roomId: ROOM, locked: true }).type).toBe('ack');
  });

  it('[RES-7] A seq that no party reaches is ignored.', () => {
    const { after } = restarted();
    after.client('eve', { ...as('eve'), snapshot: { ...madeUp, seq: 4e15 } });
    const ben = after.client('ben', as('ben'));
    expect(of(ben, 'watch/content')).toEqual([]);
  });
});

describe('a room whose name vouches for its key', () => {
  const CERTIFIED = withCertificate('amber-otter-paints', sha256(KEY));
  const there = { roomId: CERTIFIED };

  it('[KEY-6] The room is made and entered by that key only.', () => {
    const { client, hub } = virtualHub();
    for (const extra of [there, { ...there, ...KEYED, key: 'a-key-of-ones-own' }, { ...there, key: KEY }]) {
      const answer = join(client(), 'squatter', extra);
      expect(answer.payload).toMatchObject({ code: 'unauthorized', reason: 'key' });
    }
    expect(hub.stats()).toMatchObject({ rooms: 0 });
    expect(join(client(), 'ana', { ...maker, ...there }).type).toBe('ack');
    expect(join(client(), 'plain', there).payload).toMatchObject({ reason: 'key' });
  });

  it('[KEY-4] [KEY-6] A wrong key counts as a guess.', () => {
    const { client } = virtualHub();
    const eve = client();
    for (let i = 0; i < 11; i += 1) {
      eve.tell('room/join', joinPayload('eve', { ...there, ...KEYED, key: `a-guess-of-eve-${i}` }));
    }
    expect(eve.closed?.code).toBe(1008);
  });
});
