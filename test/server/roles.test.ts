import { describe, expect, it } from 'vitest';
import { ALL_CAPS, joinPayload, ROOM, state, virtualHub } from './support.ts';

function party() {
  const hub = virtualHub();
  const [ada, bob, cyd] = ['ada', 'bob', 'cyd'].map((name) => hub.client(name, { caps: ALL_CAPS }));
  if (!ada || !bob || !cyd) throw new Error('unreachable');
  for (const one of [ada, bob, cyd]) one.take();
  return { ...hub, ada, bob, cyd };
}
const rolesOf = (told: { type: string; payload: unknown }[]) =>
  told.filter(({ type }) => type === 'room/roles').map(({ payload }) => payload);
const unauthorized = { type: 'error', payload: { code: 'unauthorized' } };

describe('roles', () => {
  it('[ROLE-1] the first member is host', () => {
    const { client } = virtualHub();
    client('ada');
    const bob = client();
    bob.take();
    bob.tell('room/join', joinPayload('bob', { caps: ['roles'] }));
    expect(bob.take()[0]?.payload).toMatchObject({ hostUserId: 'ada', control: 'everyone' });
  });

  it('[ROLE-2] [ROLE-5] a host who leaves is followed by the longest present', () => {
    const { ada, cyd } = party();
    ada.tell('room/leave', { roomId: ROOM });
    expect(rolesOf(cyd.take())).toEqual([
      { roomId: ROOM, hostUserId: 'bob', control: 'everyone', waitPolicy: 'go_on', locked: false },
    ]);
  });

  it('[ROLE-2] a lost host keeps the role for the grace period', () => {
    const { ada, bob, cyd, time, client } = party();
    ada.drop();
    time.pass(7999);
    expect(rolesOf(cyd.take())).toEqual([]);
    time.pass(1);
    expect(rolesOf(cyd.take())).toMatchObject([{ hostUserId: 'bob' }]);
    client('zoe');
    bob.drop();
    time.pass(8000);
    expect(rolesOf(cyd.take())).toMatchObject([{ hostUserId: 'cyd' }]);
  });

  it('[ROLE-2] [LOSS-3] a host back in time is host still', () => {
    const { hub, time, client } = virtualHub();
    const ada = client();
    ada.take();
    ada.tell('room/join', joinPayload('ada', { caps: ALL_CAPS }));
    const resumeToken = ada.take()[0]?.payload.resumeToken;
    const cyd = client('cyd', { caps: ALL_CAPS });
    ada.drop();
    time.pass(7000);
    client('ada', { caps: ALL_CAPS, resumeToken });
    time.pass(60_000);
    expect(rolesOf(cyd.take())).toEqual([]);
    expect(cyd.ask('room/set_control', { roomId: ROOM, control: 'host' })).toMatchObject(unauthorized);
    expect(hub.stats().members).toBe(2);
  });

  it('[ROLE-2] a lost member is passed over while somebody is there', () => {
    const { ada, bob, cyd } = party();
    bob.drop();
    ada.tell('room/leave', { roomId: ROOM });
    expect(rolesOf(cyd.take())).toMatchObject([{ hostUserId: 'cyd' }]);
  });

  it('[ROLE-3] under control of the host, watch/* of others is unauthorized, whatever they claim', () => {
    const { ada, bob } = party();
    expect(ada.ask('room/set_control', { roomId: ROOM, control: 'host' }).type).toBe('ack');
    expect(rolesOf(bob.take())).toMatchObject([{ roomId: ROOM, hostUserId: 'ada', control: 'host' }]);
    ada.take();
    expect(bob.ask('watch/playback_state', { ...state(), authoritative: true })).toMatchObject(unauthorized);
    expect(bob.ask('watch/set_content', { roomId: ROOM, contentId: 'x' })).toMatchObject(unauthorized);
    expect(ada.take()).toEqual([]);
    expect(ada.ask('watch/playback_state', { ...state(), authoritative: false }).type).toBe('ack');
    ada.tell('room/set_control', { roomId: ROOM, control: 'everyone' });
    expect(bob.ask('watch/playback_state', state()).type).toBe('ack');
  });

  it('[ROLE-4] only the host hands over, and only to somebody who is there', () => {
    const { ada, bob, cyd } = party();
    expect(bob.ask('room/hand_over', { roomId: ROOM, toUserId: 'nobody' })).toMatchObject(unauthorized);
    for (const toUserId of ['nobody', '__proto__']) {
      expect(ada.ask('room/hand_over', { roomId: ROOM, toUserId }).payload).toMatchObject({
        code: 'peer_not_found',
      });
    }
    expect(ada.ask('room/hand_over', { roomId: ROOM, toUserId: 'cyd' }).type).toBe('ack');
    expect(rolesOf(bob.take())).toMatchObject([{ hostUserId: 'cyd' }]);
    expect(ada.ask('room/set_control', { roomId: ROOM, control: 'host' })).toMatchObject(unauthorized);
    expect(cyd.ask('room/set_control', { roomId: ROOM, control: 'host' }).type).toBe('ack');
  });

  it('[CAP-2] a member without cap hold is told no wait policy', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    const bob = client();
    bob.take();
    bob.tell('room/join', joinPayload('bob', { caps: ['roles'] }));
    expect(bob.take()[0]?.payload).not.toHaveProperty('waitPolicy');
    ada.tell('room/set_control', { roomId: ROOM, control: 'host' });
    expect(rolesOf(bob.take())).toEqual([{ roomId: ROOM, hostUserId: 'ada', control: 'host' }]);
  });

  it('[CAP-1] members without the cap are told nothing of roles', () => {
    const { client } = virtualHub();
    const ada = client('ada');
    const bob = client('bob');
    bob.take();
    ada.tell('room/set_control', { roomId: ROOM, control: 'host' });
    expect(bob.take()).toEqual([]);
  });
});
