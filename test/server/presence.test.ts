import { describe, expect, it } from 'vitest';
import { ALL_CAPS, joinPayload, ROOM, virtualHub } from './support.ts';

function party() {
  const hub = virtualHub();
  const plain = hub.client('plain');
  const capped = hub.client('capped', { caps: ['member_state', 'roles'] });
  const bob = hub.client('bob', { caps: ['member_state'] });
  const hear = () => ({ plain: plain.take(), capped: capped.take() });
  hear();
  bob.take();
  return { ...hub, plain, capped, bob, hear };
}

const lost = {
  type: 'member/states',
  payload: { roomId: ROOM, members: [{ userId: 'bob', state: 'lost' }] },
};
const ready = {
  type: 'member/states',
  payload: { roomId: ROOM, members: [{ userId: 'bob', state: 'ready' }] },
};
const left = { type: 'room/peer_left', payload: { roomId: ROOM, userId: 'bob' } };

describe('leaving and coming back', () => {
  it('[LOSS-1] [LOSS-2] a broken connection is lost at once, and gone after the grace period', () => {
    const { time, bob, hear } = party();
    bob.drop();
    expect(hear()).toMatchObject({ plain: [left], capped: [lost] });
    time.pass(7999);
    expect(hear()).toEqual({ plain: [], capped: [] });
    time.pass(1);
    expect(hear()).toMatchObject({ plain: [], capped: [left] });
  });

  it('[LOSS-3] back within the grace period: ready for caps, joined for plain v1', () => {
    const { time, bob, hear, client } = party();
    bob.drop();
    time.pass(7999);
    hear();
    client('bob', { caps: ['member_state'] });
    expect(hear()).toMatchObject({
      plain: [{ type: 'room/peer_joined', payload: { peer: { userId: 'bob' } } }],
      capped: [ready],
    });
    time.pass(60_000);
    expect(hear()).toEqual({ plain: [], capped: [] });
  });

  it('[LOSS-3] back with another name: caps are told the name too', () => {
    const { bob, hear, client } = party();
    bob.drop();
    hear();
    client('bob', { client: { userId: 'bob', displayName: 'Robert' } });
    expect(hear().capped).toMatchObject([
      { type: 'room/peer_joined', payload: { peer: { displayName: 'Robert' } } },
      ready,
    ]);
  });

  it('[JOIN-5] back after the grace period is an ordinary join', () => {
    const { time, bob, hear, client } = party();
    bob.drop();
    time.pass(8000);
    hear();
    client('bob');
    const joined = { type: 'room/peer_joined', payload: { peer: { userId: 'bob' } } };
    expect(hear()).toMatchObject({ plain: [joined], capped: [joined] });
  });

  it('[JOIN-4] a lost member is a lost peer for caps and none for plain v1', () => {
    const { bob, client } = party();
    bob.drop();
    const peersOf = (name: string, caps: string[]) => {
      const one = client();
      one.take();
      one.tell('room/join', joinPayload(name, { caps }));
      return one.take()[0]?.payload.peers;
    };
    expect(peersOf('x', ['member_state'])).toContainEqual({
      userId: 'bob',
      displayName: 'BOB',
      report: { state: 'lost' },
    });
    expect(peersOf('y', [])).not.toContainEqual(expect.objectContaining({ userId: 'bob' }));
  });

  it('[LOSS-4] leaving is told to all at once, and acked', () => {
    const { bob, hear, time } = party();
    expect(bob.ask('room/leave', { roomId: ROOM }).type).toBe('ack');
    expect(hear()).toMatchObject({ plain: [left], capped: [left] });
    bob.drop();
    time.pass(60_000);
    expect(hear()).toEqual({ plain: [], capped: [] });
    expect(bob.take()).toEqual([]);
  });

  it('[LOSS-6] a room ends a minute after its last member is gone, and every timer with it', () => {
    const { time, hub, client } = virtualHub();
    const ada = client('ada', { caps: ALL_CAPS });
    ada.tell('chat/send', { roomId: ROOM, text: 'hi' });
    ada.drop();
    time.pass(8000 + 59_999);
    expect(hub.stats().rooms).toBe(1);
    time.pass(1);
    expect(hub.stats()).toEqual({ rooms: 0, members: 0, connections: 0 });
    expect(time.timers).toBe(0);
    const eve = client('eve', { caps: ALL_CAPS });
    expect(eve.types()).toEqual(['server/hello', 'room/joined', 'chat/notice']);
  });

  it('[LOSS-6] somebody who comes in time keeps it alive', () => {
    const { time, hub, client } = virtualHub();
    client('ada').tell('room/leave', { roomId: ROOM });
    time.pass(59_999);
    client('bob');
    time.pass(600_000);
    expect(hub.stats().rooms).toBe(1);
  });
});
