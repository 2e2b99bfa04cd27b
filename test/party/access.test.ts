import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession, startSession } from '../../src/party/index.ts';
import { CAPS } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM, start } from './support.ts';

const roomKey = 'a-key-of-some-length';

/** Said hello to, and about to be let in or not. */
function atTheDoor(): { driver: Driver; requestId: string; key: string | undefined } {
  const driver = new Driver(startSession({ ...start, roomKey })).on({ type: 'begin' });
  driver.told('server/hello', { v: 1, nowMs: 5_000_000, caps: [...CAPS] });
  const { requestId, payload } = driver.sentOne('room/join');
  return { driver, requestId, key: payload.key };
}

describe('a room that is closed to us', () => {
  it('[KEY-2] is shown the key', () => expect(atTheDoor().key).toBe(roomKey));

  it('[KEY-2] keeps its key through the death of the background', () => {
    const saved = saveSession(atTheDoor().driver.session, 0, 0);
    expect(restoreSession(savedSession.parse(JSON.parse(JSON.stringify(saved))), 0, 0).identity.roomKey).toBe(
      roomKey,
    );
  });

  it.each([
    ['key', 'key_refused'],
    ['locked', 'room_locked'],
  ] as const)('[KEY-2] [MOD-1] refused for its %s, it is not tried again by itself', (reason, problem) => {
    const { driver, requestId } = atTheDoor();
    driver.told('error', { requestId, code: 'unauthorized', message: 'no', reason });
    expect(driver.did()).toEqual(['call', 'disconnect']);
    driver.on({ type: 'closed', code: 1006 }).on({ type: 'network_back' });
    expect(driver.did()).toEqual([]);
    expect(driver.session).toMatchObject({ connection: { phase: 'stopped', problem } });
    const saved = savedSession.parse(JSON.parse(JSON.stringify(saveSession(driver.session, 0, 0))));
    expect(restoreSession(saved, 0, 0)).toMatchObject({ connection: { phase: 'stopped', problem } });
    driver.on({ type: 'reconnect_now' });
    expect(driver.did()).toEqual(['connect']);
  });

  /** In a room that says of itself whether it has a key, as far as its server knows. */
  const inside = (keyed: boolean | undefined, caps: readonly string[] = CAPS) => {
    const driver = new Driver(startSession({ ...start, roomKey })).on({ type: 'begin' });
    driver.told('server/hello', { v: 1, nowMs: 5_000_000, caps: [...caps] });
    const { requestId } = driver.sentOne('room/join');
    driver.on({ type: 'page', page: { content: { contentId: 'a-film' }, hasVideo: true } });
    driver.told('room/joined', { ...joinedPayload, ...(keyed !== undefined && { keyed }) }).ack(requestId);
    return driver;
  };

  it('[KEY-6] made by somebody without our link is left at once, and told nothing of the film', () => {
    const driver = inside(false);
    expect(driver.types()).toEqual(['room/leave']);
    expect(driver.session).toMatchObject({ connection: { phase: 'stopped', problem: 'room_taken' } });
    const saved = savedSession.parse(JSON.parse(JSON.stringify(saveSession(driver.session, 0, 0))));
    expect(restoreSession(saved, 0, 0)).toMatchObject({
      connection: { phase: 'stopped', problem: 'room_taken' },
    });
  });

  it('[KEY-6] is gone into where it has our key, and where its server knows of none', () => {
    expect(inside(true).types()).toContain('watch/set_content');
    expect(inside(undefined, ['timeline', 'roles']).types()).toContain('watch/set_content');
  });

  it('[KEY-6] to a key that its own name vouches for is somebody else’s, and no fault of the link', () => {
    const driver = new Driver(startSession({ ...start, roomKey, certified: true })).on({ type: 'begin' });
    driver.told('server/hello', { v: 1, nowMs: 5_000_000, caps: [...CAPS] });
    const { requestId } = driver.sentOne('room/join');
    driver.told('error', { requestId, code: 'unauthorized', message: 'no', reason: 'key' });
    expect(driver.session).toMatchObject({ connection: { phase: 'stopped', problem: 'room_taken' } });
  });

  it('[MOD-3] has removed us: we go, and stay out', () => {
    const driver = online().told('room/removed', { roomId: ROOM, byUserId: 'bob' });
    expect(driver.did()).toEqual(['call', 'disconnect']);
    driver.on({ type: 'closed', code: 1006 });
    expect(driver.session).toMatchObject({ connection: { phase: 'stopped', problem: 'removed' } });
  });

  it('[KEY-3] tells whether it has a key, whatever our link carries', () => {
    expect(online({ ...joinedPayload, keyed: true }).session.room.rules.keyed).toBe(true);
    expect(online().session.room.rules.keyed).toBe(false);
  });

  it('[MOD-1] tells whether it is locked', () => {
    const driver = online({ ...joinedPayload, locked: true });
    expect(driver.session.room.rules.locked).toBe(true);
    driver.told('room/roles', { roomId: ROOM, hostUserId: 'ada', control: 'everyone', locked: false });
    expect(driver.session.room.rules.locked).toBe(false);
  });
});
