import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession } from '../../src/party/index.ts';
import { CAPS, type Notice } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM } from './support.ts';

const bob = { userId: 'bob', displayName: 'Bob' };
const joined = (id: string, tsMs: number): Notice => ({ id, tsMs, kind: 'joined', about: bob });
const read = ({ session }: Driver) => session.chat.notices.map(({ id }) => id);
const V1_CAPS = CAPS.filter((cap) => cap !== 'notices' && cap !== 'renames');

describe('notices', () => {
  it('[NOTE-1] Each notice is kept once and in the order of time.', () => {
    const driver = online();
    driver.receive('chat/notice', { roomId: ROOM, notice: joined('n2', 20) });
    driver.receive('chat/history', {
      roomId: ROOM,
      messages: [],
      notices: [joined('n1', 10), joined('n2', 20)],
    });
    driver.receive('chat/history', {
      roomId: ROOM,
      messages: [],
      notices: [joined('n3', 30), joined('n3', 30)],
    });
    expect(read(driver)).toEqual(['n1', 'n2', 'n3']);
  });

  it('Notices survive the death of the background.', () => {
    const driver = online().receive('chat/notice', { roomId: ROOM, notice: joined('n1', 10) });
    const saved = savedSession.parse(JSON.parse(JSON.stringify(saveSession(driver.session, 0, 0))));
    expect(read(new Driver(restoreSession(saved, 0, 0)))).toEqual(['n1']);
  });

  it('[NOTE-5] For a server without notices the session makes them from who comes and goes.', () => {
    const driver = online(joinedPayload, V1_CAPS);
    driver.receive('room/peer_joined', { roomId: ROOM, peer: bob });
    driver.receive('room/peer_joined', { roomId: ROOM, peer: { ...bob, displayName: 'Bobby' } });
    driver.receive('room/peer_left', { roomId: ROOM, userId: 'bob' });
    driver.receive('room/peer_left', { roomId: ROOM, userId: 'nobody' });
    expect(driver.session.chat.notices).toMatchObject([
      { kind: 'joined', about: bob },
      { kind: 'renamed', about: { displayName: 'Bobby' }, before: 'Bob' },
      { kind: 'left', about: { displayName: 'Bobby' } },
    ]);
  });

  it('[NOTE-5] The session makes none beside those of the server.', () => {
    const driver = online().receive('room/peer_joined', { roomId: ROOM, peer: bob });
    driver.receive('room/peer_joined', { roomId: ROOM, peer: { ...bob, displayName: 'Bobby' } });
    expect(read(driver)).toEqual([]);
  });
});
