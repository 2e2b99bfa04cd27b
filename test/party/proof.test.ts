import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession, startSession } from '../../src/party/index.ts';
import { CAPS, encode, LIMITS, type RoomAccess } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM, completeJoin, start } from './support.ts';

const hostSecret = 'a-secret-of-the-maker1';
const access: RoomAccess = {
  hostSecret,
  locked: true,
  barred: ['eve'],
  guards: [{ userId: 'bob', tokenHash: 'x'.repeat(43) }],
};
const maker = () => new Driver(startSession({ ...start, access: { hostSecret } })).on({ type: 'begin' });
const hello = (driver: Driver, caps: readonly string[] = CAPS) => {
  driver.receive('server/hello', { v: 1, nowMs: 5_000_000, caps: [...caps] });
  return driver.sentOne('room/join').payload;
};
/** The host in the room, which has received what to give back. */
const host = () => {
  const driver = completeJoin(maker());
  driver.receive('room/access', { roomId: ROOM, access });
  driver.effectTypes();
  return driver;
};
const comesBack = (driver: Driver) =>
  driver.on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });

describe('the maker of a room', () => {
  it('[PROOF-2] The first join shows the secret to a server with the cap.', () => {
    expect(hello(maker()).access).toEqual({ hostSecret });
    expect(hello(maker(), ['resume', 'key'])).not.toHaveProperty('access');
  });

  it('[PROOF-3] A join gives back what the server sent, unchanged.', () => {
    expect(hello(comesBack(host())).access).toEqual(access);
  });

  it('[PROOF-3] A join does so after a restart of the background as well.', () => {
    const saved: unknown = JSON.parse(JSON.stringify(saveSession(host().session, 0, 0)));
    const driver = new Driver(restoreSession(savedSession.parse(saved), 0, 0)).on({ type: 'begin' });
    expect(hello(driver).access).toEqual(access);
  });

  it('[PROOF-3] A member shows nothing once somebody else is host.', () => {
    const driver = host().receive('room/roles', { roomId: ROOM, hostUserId: 'bob', control: 'everyone' });
    expect(hello(comesBack(driver))).not.toHaveProperty('access');
    const back = completeJoin(comesBack(host()), { ...joinedPayload, hostUserId: 'bob' });
    expect(hello(comesBack(back))).not.toHaveProperty('access');
  });

  it('[PROOF-3] The host forgets nothing while it is offline or stays host.', () => {
    const driver = host().receive('room/roles', { roomId: ROOM, hostUserId: 'ada', control: 'host' });
    for (let attempt = 0; attempt < 3; attempt++) comesBack(driver);
    expect(hello(driver).access).toEqual(access);
  });

  it('[PROOF-3] The next host does the same.', () => {
    const driver = online({ ...joinedPayload, hostUserId: 'bob' });
    driver.receive('room/roles', { roomId: ROOM, hostUserId: 'ada', control: 'everyone' });
    driver.receive('room/access', { roomId: ROOM, access });
    expect(hello(comesBack(driver)).access).toEqual(access);
  });

  it('[PROOF-2] [LIM-4] A join fits its frame, however much there is to give back: the proof comes first.', () => {
    const long = Array.from({ length: LIMITS.accessCount }, (_, at) =>
      `${at}`.padEnd(LIMITS.userIdChars, '界'),
    );
    const guards = long.map((userId) => ({ userId, tokenHash: 'x'.repeat(43) }));
    const driver = host().receive('room/access', {
      roomId: ROOM,
      access: { hostSecret, locked: true, barred: long, guards },
    });
    driver.receive('watch/content', {
      roomId: ROOM,
      contentId: '界'.repeat(LIMITS.contentIdChars),
      meta: '界'.repeat(LIMITS.metaChars - 2),
    });
    comesBack(driver).receive('server/hello', { v: 1, nowMs: 5_000_000, caps: [...CAPS] });
    const join = driver.sent().find(({ type }) => type === 'room/join');
    if (join?.type !== 'room/join') throw new Error('does not join');
    expect(new TextEncoder().encode(encode(join)).length).toBeLessThan(LIMITS.frameBytes);
    expect(join.payload).toMatchObject({ access: { hostSecret, locked: true }, snapshot: {} });

    const usual = { hostSecret, locked: true, barred: ['eve'], guards };
    driver.receive('room/access', { roomId: ROOM, access: usual });
    expect(hello(comesBack(driver)).access).toEqual({ hostSecret, locked: true, barred: ['eve'] });
  });
});
