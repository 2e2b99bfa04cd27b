import { describe, expect, it } from 'vitest';
import { ALL_CAPS, joinPayload, ROOM, state, virtualHub } from './support.ts';

function party() {
  const hub = virtualHub();
  const ada = hub.client('ada', { caps: ALL_CAPS });
  const bob = hub.client('bob', { caps: ALL_CAPS });
  const plain = hub.client('plain');
  for (const one of [ada, bob, plain]) one.take();
  return { ...hub, ada, bob, plain };
}

describe('how members are', () => {
  it('[STATE-2] another state is told at once to those with the cap', () => {
    const { ada, bob, plain } = party();
    expect(ada.ask('member/state', { roomId: ROOM, state: 'ad', driftMs: 1.5 }).type).toBe('ack');
    expect(bob.take()).toMatchObject([
      { type: 'member/states', payload: { members: [{ userId: 'ada', state: 'ad', driftMs: 1.5 }] } },
    ]);
    expect([...ada.take(), ...plain.take()]).toEqual([]);
  });

  it('[STATE-4] when an ad ends is told at once, and again only if that changes by more than sites round', () => {
    const { ada, bob } = party();
    const ends = (adEndsAtMs?: number) => {
      ada.tell('member/state', {
        roomId: ROOM,
        state: 'ad',
        ...(adEndsAtMs !== undefined && { adEndsAtMs }),
      });
      return bob.take().flatMap(({ payload }) => payload.members);
    };
    expect(ends()).toHaveLength(1);
    expect(ends(20_000)).toMatchObject([{ userId: 'ada', state: 'ad', adEndsAtMs: 20_000 }]);
    expect(ends(21_000)).toEqual([]);
    expect(ends(35_000)).toMatchObject([{ adEndsAtMs: 35_000 }]);
  });

  it('[STATE-3] figures wait for each other', () => {
    const { ada, bob, time } = party();
    for (let i = 0; i < 5; i += 1) {
      ada.tell('member/state', { roomId: ROOM, state: 'ready', driftMs: i });
      bob.tell('member/state', { roomId: ROOM, state: 'ready', rttMs: i });
      time.pass(1000);
    }
    expect(bob.take()).toEqual([]);
    time.pass(10_000);
    const told = bob.take();
    expect(told).toHaveLength(1);
    expect(told[0]?.payload.members).toEqual([
      { userId: 'ada', state: 'ready', driftMs: 4 },
      { userId: 'bob', state: 'ready', rttMs: 4 },
    ]);
    time.pass(60_000);
    expect(bob.take()).toEqual([]);
    bob.tell('member/state', { roomId: ROOM, state: 'ready', rttMs: 9 });
    time.pass(15_000);
    expect(ada.take().at(-1)?.payload.members).toEqual([{ userId: 'bob', state: 'ready', rttMs: 9 }]);
  });

  it('[STATE-1] a state never moves the timeline, and a joiner is told it', () => {
    const { ada, plain, client } = party();
    plain.tell('watch/playback_state', state());
    ada.tell('member/state', { roomId: ROOM, state: 'buffering', boundMs: 2 });
    const late = client();
    late.take();
    late.tell('room/join', joinPayload('late', { caps: ['member_state'] }));
    const told = late.take();
    expect(told[0]?.payload.peers).toContainEqual({
      userId: 'ada',
      displayName: 'ADA',
      report: { state: 'buffering', boundMs: 2 },
    });
    expect(told[1]).toMatchObject({ payload: { state: { playing: true } } });
  });
});
