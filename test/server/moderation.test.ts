import { describe, expect, it } from 'vitest';
import { ALL_CAPS, joinPayload, ROOM, virtualHub, type FakeClient } from './support.ts';

const CAPS = { caps: ALL_CAPS };
const refused = (code: string, reason?: string) => ({
  type: 'error',
  payload: { code, ...(reason !== undefined && { reason }) },
});
const lock = (one: FakeClient, locked = true) => one.ask('room/set_lock', { roomId: ROOM, locked });
const remove = (one: FakeClient, userId: string) => one.ask('room/remove', { roomId: ROOM, userId });
const of = (one: FakeClient, type: string) =>
  one
    .take()
    .filter((message) => message.type === type)
    .map(({ payload }) => payload);

function party() {
  const hub = virtualHub();
  const token = (name: string) => ({ ...CAPS, resumeToken: `a-token-of-${name}-s-own` });
  const [ada, bob, cyd] = ['ada', 'bob', 'cyd'].map((name) => hub.client(name, token(name)));
  if (!ada || !bob || !cyd) throw new Error('unreachable');
  const plain = hub.client('plain');
  for (const one of [ada, bob, cyd, plain]) one.take();
  const join = (name: string, extra: Record<string, unknown> = token(name)) =>
    hub.client().ask('room/join', joinPayload(name, extra));
  return { ...hub, ada, bob, cyd, plain, join };
}

describe('the lock', () => {
  it('[MOD-1] [ERR-6] The host sets the lock; all are told, and newcomers stay out until it is undone.', () => {
    const { ada, bob, join } = party();
    expect(lock(bob)).toMatchObject(refused('unauthorized'));
    expect(lock(ada).type).toBe('ack');
    const told = bob.take();
    expect(told).toMatchObject([
      { type: 'room/roles', payload: { locked: true } },
      { type: 'chat/notice', payload: { notice: { kind: 'lock', locked: true, by: { userId: 'ada' } } } },
    ]);
    expect(join('eve')).toMatchObject(refused('unauthorized', 'locked'));
    expect(join('v1', {})).toMatchObject(refused('unauthorized', 'locked'));
    lock(ada, false);
    expect(join('eve').type).toBe('ack');
  });

  it('[MOD-2] A member that lost its connection comes back, after long or as a plain v1 member.', () => {
    const { ada, bob, plain, join, time } = party();
    lock(ada);
    bob.drop();
    plain.drop();
    time.pass(5000);
    expect(join('plain', {}).type).toBe('ack');
    time.pass(60_000);
    expect(join('bob').type).toBe('ack');
  });
});

describe('removing somebody', () => {
  it('[MOD-3] Only the host removes; it is final, told to all, and locks the room.', () => {
    const { ada, bob, cyd, plain, join } = party();
    expect(remove(bob, 'cyd')).toMatchObject(refused('unauthorized'));
    expect(remove(ada, 'cyd').type).toBe('ack');
    expect(cyd.take()).toMatchObject([{ type: 'room/removed', payload: { roomId: ROOM, byUserId: 'ada' } }]);
    expect(cyd.ask('chat/send', { roomId: ROOM, text: 'x' })).toMatchObject(refused('not_in_room'));
    expect(bob.take()).toMatchObject([
      { type: 'room/peer_left', payload: { userId: 'cyd' } },
      { type: 'room/roles', payload: { locked: true } },
      {
        type: 'chat/notice',
        payload: {
          notice: { kind: 'removed', locked: true, by: { userId: 'ada' }, about: { userId: 'cyd' } },
        },
      },
    ]);
    expect(plain.types()).toEqual(['room/peer_left']);
    expect(join('cyd')).toMatchObject(refused('unauthorized', 'locked'));
    lock(ada, false);
    expect(join('cyd')).toMatchObject(refused('unauthorized', 'locked'));
  });

  it('[MOD-3] A removal reaches a lost member, and a plain v1 one with a v1 error.', () => {
    const { ada, bob, plain, join } = party();
    bob.drop();
    remove(ada, 'bob');
    expect(join('bob')).toMatchObject(refused('unauthorized', 'locked'));
    plain.take();
    remove(ada, 'plain');
    expect(plain.take()).toMatchObject([refused('unauthorized')]);
    expect(of(ada, 'room/peer_left')).toMatchObject([{ userId: 'bob' }, { userId: 'plain' }]);
    expect(plain.ask('chat/send', { roomId: ROOM, text: 'x' })).toMatchObject(refused('not_in_room'));
  });

  it('[MOD-3] [ERR-4] Removing nobody, or oneself, is refused.', () => {
    const { ada } = party();
    expect(remove(ada, 'nobody')).toMatchObject(refused('peer_not_found'));
    expect(remove(ada, 'ada')).toMatchObject(refused('bad_request'));
  });
});

describe('a removed member', () => {
  const token = (name: string) => ({ ...CAPS, resumeToken: `a-token-of-${name}-s-own` });

  it('[MOD-3] A removed member does not come back by a name that it had prepared.', () => {
    const { ada, join, client } = party();
    for (const name of ['alt0', 'alt1', 'alt2'])
      client(name, token(name)).tell('room/leave', { roomId: ROOM });
    remove(ada, 'cyd');
    for (const name of ['alt0', 'alt1', 'alt2']) {
      expect(join(name)).toMatchObject(refused('unauthorized', 'locked'));
    }
    expect(join('bob').type).toBe('ack');
  });

  it('[MOD-2] A removed member cannot take the place of a connected plain v1 member.', () => {
    const { ada, plain, join } = party();
    remove(ada, 'cyd');
    expect(join('plain', {})).toMatchObject(refused('unauthorized', 'locked'));
    expect(plain.closed).toBeNull();
  });

  it('[MOD-3] For an hour nobody new comes from its address, although the lock is undone.', () => {
    const { ada, client, time, hub } = party();
    expect(hub.stats().members).toBe(4);
    client('eve', token('eve'), '192.0.2.1');
    client('fay', token('fay'), '192.0.2.1');
    remove(ada, 'eve');
    lock(ada, false);
    const join = (name: string, address: string) =>
      client(undefined, {}, address).ask('room/join', joinPayload(name, token(name)));
    expect(join('eve-again', '192.0.2.1')).toMatchObject(refused('unauthorized', 'locked'));
    expect(join('fay', '192.0.2.1').type).toBe('ack');
    expect(join('gus', '192.0.2.9').type).toBe('ack');
    time.pass(3_600_000);
    expect(join('hal', '192.0.2.1').type).toBe('ack');
  });

  it('[MOD-3] Others of the household stay in, and so do members without a known address.', () => {
    const { client } = virtualHub();
    const ada = client('ada', token('ada'), '192.0.2.1');
    client('eve', token('eve'), '192.0.2.1');
    client('loc', token('loc'), '127.0.0.1');
    for (const name of ['eve', 'loc']) remove(ada, name);
    lock(ada, false);
    for (const address of ['192.0.2.1', '127.0.0.1']) {
      const fake = client(undefined, {}, address);
      expect(fake.ask('room/join', joinPayload(`new-${address}`, CAPS)).type).toBe('ack');
    }
  });
});
