import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession, startSession } from '../../src/party/index.ts';
import { CAPS } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM, start } from './support.ts';

const roomKey = 'a-key-of-some-length';

/** A session after the server's hello, about to join. */
function atTheDoor(): { driver: Driver; requestId: string; key: string | undefined } {
  const driver = new Driver(startSession({ ...start, roomKey })).on({ type: 'begin' });
  driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: [...CAPS] });
  const { requestId, payload } = driver.sentOne('room/join');
  return { driver, requestId, key: payload.key };
}

describe('a room that is closed to this user', () => {
  it('[KEY-2] The join shows the key.', () => expect(atTheDoor().key).toBe(roomKey));

  it('[KEY-2] The key survives the death of the background.', () => {
    const saved = saveSession(atTheDoor().driver.session, 0, 0);
    expect(restoreSession(savedSession.parse(JSON.parse(JSON.stringify(saved))), 0, 0).identity.roomKey).toBe(
      roomKey,
    );
  });

  it.each([
    ['key', 'key_refused'],
    ['locked', 'room_locked'],
  ] as const)(
    '[KEY-2] [MOD-1] A join refused for its %s is not tried again by itself.',
    (reason, problem) => {
      const { driver, requestId } = atTheDoor();
      driver.receive('error', { requestId, code: 'unauthorized', message: 'no', reason });
      expect(driver.effectTypes()).toEqual(['call', 'disconnect']);
      driver.on({ type: 'closed', code: 1006 }).on({ type: 'network_back' });
      expect(driver.effectTypes()).toEqual([]);
      expect(driver.session).toMatchObject({ connection: { phase: 'stopped', problem } });
      const saved = savedSession.parse(JSON.parse(JSON.stringify(saveSession(driver.session, 0, 0))));
      expect(restoreSession(saved, 0, 0)).toMatchObject({ connection: { phase: 'stopped', problem } });
      driver.on({ type: 'reconnect_now' });
      expect(driver.effectTypes()).toEqual(['connect']);
    },
  );

  /** Joins a room that tells whether it has a key, if its server knows keys. */
  const inside = (keyed: boolean | undefined, caps: readonly string[] = CAPS) => {
    const driver = new Driver(startSession({ ...start, roomKey })).on({ type: 'begin' });
    driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: [...caps] });
    const { requestId } = driver.sentOne('room/join');
    driver.on({ type: 'page', page: { content: { contentId: 'a-film' }, hasVideo: true } });
    driver.receive('room/joined', { ...joinedPayload, ...(keyed !== undefined && { keyed }) }).ack(requestId);
    return driver;
  };

  it('[KEY-6] The session leaves a room made without our link at once, and sends it nothing of the video.', () => {
    const driver = inside(false);
    expect(driver.types()).toEqual(['room/leave']);
    expect(driver.session).toMatchObject({ connection: { phase: 'stopped', problem: 'room_taken' } });
    const saved = savedSession.parse(JSON.parse(JSON.stringify(saveSession(driver.session, 0, 0))));
    expect(restoreSession(saved, 0, 0)).toMatchObject({
      connection: { phase: 'stopped', problem: 'room_taken' },
    });
  });

  it('[KEY-6] The session joins a room that has our key, and one whose server knows no keys.', () => {
    expect(inside(true).types()).toContain('watch/set_content');
    expect(inside(undefined, ['timeline', 'roles']).types()).toContain('watch/set_content');
  });

  it('[KEY-6] A refused key that the room’s name vouches for means that the room is somebody else’s.', () => {
    const driver = new Driver(startSession({ ...start, roomKey, certified: true })).on({ type: 'begin' });
    driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: [...CAPS] });
    const { requestId } = driver.sentOne('room/join');
    driver.receive('error', { requestId, code: 'unauthorized', message: 'no', reason: 'key' });
    expect(driver.session).toMatchObject({ connection: { phase: 'stopped', problem: 'room_taken' } });
  });

  it('[MOD-3] A removed member leaves and stays out.', () => {
    const driver = online().receive('room/removed', { roomId: ROOM, byUserId: 'bob' });
    expect(driver.effectTypes()).toEqual(['call', 'disconnect']);
    driver.on({ type: 'closed', code: 1006 });
    expect(driver.session).toMatchObject({ connection: { phase: 'stopped', problem: 'removed' } });
  });

  it('[KEY-3] The room tells whether it has a key, whatever the link carries.', () => {
    expect(online({ ...joinedPayload, keyed: true }).session.room.rules.keyed).toBe(true);
    expect(online().session.room.rules.keyed).toBe(false);
  });

  it('[MOD-1] The room tells whether it is locked.', () => {
    const driver = online({ ...joinedPayload, locked: true });
    expect(driver.session.room.rules.locked).toBe(true);
    driver.receive('room/roles', { roomId: ROOM, hostUserId: 'ada', control: 'everyone', locked: false });
    expect(driver.session.room.rules.locked).toBe(false);
  });
});
