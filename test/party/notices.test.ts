import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession } from '../../src/party/index.ts';
import { CAPS, type Notice } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM } from './support.ts';

const bob = { userId: 'bob', displayName: 'Bob' };
const joined = (id: string, tsMs: number): Notice => ({ id, tsMs, kind: 'joined', about: bob });
const read = ({ session }: Driver) => session.chat.notices.map(({ id }) => id);
const V1_CAPS = CAPS.filter((cap) => cap !== 'notices' && cap !== 'renames');

describe('notices', () => {
  it('[NOTE-1] are held once each and in the order of time, however they are told', () => {
    const driver = online();
    driver.told('chat/notice', { roomId: ROOM, notice: joined('n2', 20) });
    driver.told('chat/history', {
      roomId: ROOM,
      messages: [],
      notices: [joined('n1', 10), joined('n2', 20)],
    });
    driver.told('chat/history', {
      roomId: ROOM,
      messages: [],
      notices: [joined('n3', 30), joined('n3', 30)],
    });
    expect(read(driver)).toEqual(['n1', 'n2', 'n3']);
  });

  it('survive the death of the background', () => {
    const driver = online().told('chat/notice', { roomId: ROOM, notice: joined('n1', 10) });
    const saved = savedSession.parse(JSON.parse(JSON.stringify(saveSession(driver.session, 0, 0))));
    expect(read(new Driver(restoreSession(saved, 0, 0)))).toEqual(['n1']);
  });

  it('[NOTE-5] of a server without them are made from who comes and goes', () => {
    const driver = online(joinedPayload, V1_CAPS);
    driver.told('room/peer_joined', { roomId: ROOM, peer: bob });
    driver.told('room/peer_joined', { roomId: ROOM, peer: { ...bob, displayName: 'Bobby' } });
    driver.told('room/peer_left', { roomId: ROOM, userId: 'bob' });
    driver.told('room/peer_left', { roomId: ROOM, userId: 'nobody' });
    expect(driver.session.chat.notices).toMatchObject([
      { kind: 'joined', about: bob },
      { kind: 'renamed', about: { displayName: 'Bobby' }, before: 'Bob' },
      { kind: 'left', about: { displayName: 'Bobby' } },
    ]);
  });

  it('[NOTE-5] are not made beside those of the server', () => {
    const driver = online().told('room/peer_joined', { roomId: ROOM, peer: bob });
    driver.told('room/peer_joined', { roomId: ROOM, peer: { ...bob, displayName: 'Bobby' } });
    expect(read(driver)).toEqual([]);
  });
});
