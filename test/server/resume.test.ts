import { describe, expect, it } from 'vitest';
import { CLOSE } from '../../src/protocol/index.ts';
import { ALL_CAPS, joinPayload, ROOM, state, virtualHub, type FakeClient, type Wire } from './support.ts';

const CAPS = { caps: ALL_CAPS };
const unauthorized = { type: 'error', payload: { code: 'unauthorized' } };

function joinedAs(one: FakeClient, name: string, extra: Record<string, unknown> = CAPS): Wire['payload'] {
  one.take();
  one.tell('room/join', joinPayload(name, extra));
  const joined = one.take().find(({ type }) => type === 'room/joined');
  if (!joined) throw new Error('not joined');
  return joined.payload;
}

describe('resume tokens', () => {
  it('[RES-1] a guarded userId is not to be had without its token, while there or gone', () => {
    const { client, time } = virtualHub();
    client('host');
    const ada = client();
    const { resumeToken } = joinedAs(ada, 'ada');
    expect(typeof resumeToken).toBe('string');
    const attempts = [{}, CAPS, { ...CAPS, resumeToken: 'guessed-guessed-guessed' }, { resumeToken: 'x' }];
    const refused = () =>
      attempts.every((attempt) => {
        const answer = client().ask('room/join', joinPayload('ada', attempt));
        return answer.payload.code === 'unauthorized';
      });
    expect(refused()).toBe(true);
    ada.drop();
    expect(refused()).toBe(true);
    time.pass(600_000);
    expect(refused()).toBe(true);
    expect(client().ask('room/join', joinPayload('ada', { ...CAPS, resumeToken })).type).toBe('ack');
  });

  it('[RES-1] leaving does not give the userId away, and the room’s end does', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', CAPS);
    // A room in which nothing was said would end as she leaves (LOSS-6).
    ada.tell('chat/send', { roomId: ROOM, text: 'bye' });
    ada.tell('room/leave', { roomId: ROOM });
    expect(client().ask('room/join', joinPayload('ada'))).toMatchObject(unauthorized);
    time.pass(60_000);
    expect(client().ask('room/join', joinPayload('ada')).type).toBe('ack');
  });

  it('[RES-2] the store sees no token', () => {
    const seen: string[] = [];
    const { client } = virtualHub({
      store: {
        load: () => undefined,
        save: (_id, kept) => void seen.push(JSON.stringify([kept, [...kept.guards]])),
        remove: () => undefined,
      },
    });
    const { resumeToken } = joinedAs(client(), 'ada');
    expect(seen.join()).toContain('"ada"');
    expect(seen.join()).not.toContain(String(resumeToken));
  });

  it('[RES-3] a token of one’s own is taken and told back, unless it is short', () => {
    const { client } = virtualHub();
    const own = 'my-own-sixteen-characters';
    expect(joinedAs(client(), 'ada', { ...CAPS, resumeToken: own })).toMatchObject({ resumeToken: own });
    expect(client().ask('room/join', joinPayload('ada'))).toMatchObject(unauthorized);
    expect(client().ask('room/join', joinPayload('ada', { ...CAPS, resumeToken: own })).type).toBe('ack');
    expect(joinedAs(client(), 'bob', { ...CAPS, resumeToken: 'short' }).resumeToken).not.toBe('short');
  });

  it('[RES-3] who shows the right token keeps it', () => {
    const { client } = virtualHub();
    const { resumeToken } = joinedAs(client(), 'ada');
    expect(joinedAs(client(), 'ada', { ...CAPS, resumeToken }).resumeToken).toBe(resumeToken);
  });

  it('[RES-4] [RES-5] a plain v1 member is replaced by the newcomer, and closed', () => {
    const { client } = virtualHub();
    const plain = client('plain');
    const capped = client('capped', CAPS);
    const old = client('ada');
    for (const one of [plain, capped]) one.take();
    const fresh = client('ada');
    expect(old.closed?.code).toBe(CLOSE.replaced);
    expect(plain.types()).toEqual(['room/peer_left', 'room/peer_joined']);
    expect(capped.take()).toMatchObject([
      { type: 'member/states', payload: { members: [{ userId: 'ada', state: 'ready' }] } },
    ]);
    plain.tell('chat/send', { roomId: ROOM, text: 'hi' });
    expect(fresh.types()).toContain('chat/message');
  });

  it('[RES-5] a join already on its way does not take the place back', () => {
    const { client } = virtualHub();
    const old = client('ada');
    old.lingers = true;
    const fresh = client('ada');
    old.take();
    old.tell('room/join', joinPayload('ada'));
    expect(old.take()).toEqual([]);
    expect(fresh.closed).toBeNull();
  });

  it('[RES-5] a replaced connection that is in another room stays open', () => {
    const { client } = virtualHub();
    const old = client('ada');
    old.tell('room/join', joinPayload('ada', { roomId: 'other' }));
    client('ada');
    expect(old.closed).toBeNull();
    expect(old.ask('chat/send', { roomId: ROOM, text: 'x' }).payload).toMatchObject({ code: 'not_in_room' });
    expect(old.ask('chat/send', { roomId: 'other', text: 'x' }).type).toBe('ack');
  });

  it('[RES-6] a crowd of names costs no newcomer its token, and no member its own', () => {
    const { client, time } = virtualHub();
    client('host', CAPS);
    const crowd = client();
    for (let i = 0; i < 1000; i += 1) {
      crowd.tell('room/join', joinPayload(`x${i}`, CAPS));
      crowd.tell('room/leave', { roomId: ROOM });
      time.pass(500);
    }
    expect(joinedAs(client(), 'late').resumeToken).toEqual(expect.any(String));
    expect(client().ask('room/join', joinPayload('host'))).toMatchObject(unauthorized);
    expect(client().ask('room/join', joinPayload('x999'))).toMatchObject(unauthorized);
    expect(client().ask('room/join', joinPayload('x0')).type).toBe('ack');
  });
});

describe('snapshots', () => {
  const snapshot = (seq: number, extra: Record<string, unknown> = {}) => ({
    ...CAPS,
    snapshot: {
      epoch: 'e1',
      seq,
      content: { contentId: `film${seq}`, meta: { title: 'F' } },
      playback: { playing: true, positionSec: 100, rate: 1.5, ageMs: 2000 },
      ...extra,
    },
  });

  it('[RES-7] a join that makes the room brings back what it remembers', () => {
    const { client, time } = virtualHub();
    const ada = client();
    ada.take();
    ada.tell('room/join', joinPayload('ada', snapshot(41)));
    expect(ada.take()).toMatchObject([
      { type: 'room/joined', payload: { epoch: 'e1' } },
      { type: 'watch/content', payload: { contentId: 'film41', meta: { title: 'F' }, seq: 41 } },
      {
        type: 'watch/playback_state',
        payload: {
          state: { playing: true, positionSec: 103, hostTsMs: time.nowMs, rate: 1.5, seq: 41 },
          fromUserId: 'ada',
        },
      },
    ]);
    expect(ada.ask('watch/playback_state', state()).payload.seq).toBe(42);
  });

  it('[RES-8] a newer memory of the same life wins while nobody has acted, and all are told', () => {
    const { client } = virtualHub();
    const ada = client('ada', snapshot(41));
    const plain = client('plain');
    for (const one of [ada, plain]) one.take();
    client('bob', snapshot(42));
    expect(ada.take()).toMatchObject([
      { type: 'room/peer_joined' },
      { type: 'watch/content', payload: { contentId: 'film42', seq: 42 } },
      { type: 'watch/playback_state', payload: { fromUserId: 'bob', state: { seq: 42 } } },
    ]);
    expect(plain.types()).toEqual(['room/peer_joined', 'watch/content', 'watch/playback_state']);
  });

  it.each([
    ['older', snapshot(40), false],
    ['of the same age', snapshot(41), false],
    ['of another life', snapshot(50, { epoch: 'e2' }), false],
    ['told after somebody acted', snapshot(50), true],
    ['counted beyond what can be counted', snapshot(Number.MAX_SAFE_INTEGER), false],
  ])('[RES-8] a memory %s is ignored', (_title, late, acted) => {
    const { client } = virtualHub();
    const ada = client('ada', snapshot(41));
    if (acted) ada.tell('watch/playback_state', state());
    ada.take();
    client('bob', late);
    expect(ada.types().filter((type) => type !== 'chat/notice')).toEqual(['room/peer_joined']);
  });

  it('[RES-9] a newcomer who was first after a restart does not cost the room what the others remember', () => {
    const { client } = virtualHub();
    const ada = client('ada', CAPS);
    ada.take();
    expect(joinedAs(client(), 'bob', snapshot(9)).epoch).not.toBe('e1');
    expect(ada.types()).toEqual(['room/peer_joined', 'watch/content', 'watch/playback_state']);
  });

  it('[RES-9] where something is on, or the host keeps control, a snapshot is ignored', () => {
    const { client } = virtualHub();
    const ada = client('ada', CAPS);
    ada.tell('room/set_control', { roomId: ROOM, control: 'host' });
    ada.take();
    client('bob', snapshot(9));
    expect(ada.types()).toEqual(['room/peer_joined', 'chat/notice']);
    ada.tell('room/set_control', { roomId: ROOM, control: 'everyone' });
    ada.tell('watch/set_content', { roomId: ROOM, contentId: 'another film' });
    ada.take();
    client('cem', snapshot(9));
    expect(ada.types()).toEqual(['room/peer_joined', 'chat/notice']);
  });

  it('[CAP-2] a snapshot without cap resume is not read', () => {
    const { client } = virtualHub();
    const ada = client('ada', { ...snapshot(9), caps: ['timeline'] });
    expect(ada.types()).toEqual(['server/hello', 'room/joined']);
  });
});
