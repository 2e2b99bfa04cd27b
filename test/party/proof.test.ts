import { describe, expect, it } from 'vitest';
import { restoreSession, saveSession, savedSession, startSession } from '../../src/party/index.ts';
import { CAPS, encode, LIMITS, type RoomAccess } from '../../src/protocol/index.ts';
import { Driver, joinedPayload, online, ROOM, settle, start } from './support.ts';

const hostSecret = 'a-secret-of-the-maker1';
const told: RoomAccess = {
  hostSecret,
  locked: true,
  barred: ['eve'],
  guards: [{ userId: 'bob', tokenHash: 'x'.repeat(43) }],
};
const maker = () => new Driver(startSession({ ...start, access: { hostSecret } })).on({ type: 'begin' });
const hello = (driver: Driver, caps: readonly string[] = CAPS) => {
  driver.told('server/hello', { v: 1, nowMs: 5_000_000, caps: [...caps] });
  return driver.sentOne('room/join').payload;
};
/** In the room, and told what to give back. */
const host = () => {
  const driver = settle(maker());
  driver.told('room/access', { roomId: ROOM, access: told });
  driver.did();
  return driver;
};
const comesBack = (driver: Driver) =>
  driver.on({ type: 'closed', code: 1006 }).on({ type: 'timer', name: 'retry' });

describe('who made a room', () => {
  it('[PROOF-2] shows the secret at the first join, to a server that knows what it is', () => {
    expect(hello(maker()).access).toEqual({ hostSecret });
    expect(hello(maker(), ['resume', 'key'])).not.toHaveProperty('access');
  });

  it('[PROOF-3] gives back what the server told, as it came', () => {
    expect(hello(comesBack(host())).access).toEqual(told);
  });

  it('[PROOF-3] still does after the death of its background', () => {
    const saved: unknown = JSON.parse(JSON.stringify(saveSession(host().session, 0, 0)));
    const driver = new Driver(restoreSession(savedSession.parse(saved), 0, 0)).on({ type: 'begin' });
    expect(hello(driver).access).toEqual(told);
  });

  it('[PROOF-3] has nothing to show once somebody else is host', () => {
    const driver = host().told('room/roles', { roomId: ROOM, hostUserId: 'bob', control: 'everyone' });
    expect(hello(comesBack(driver))).not.toHaveProperty('access');
    const back = settle(comesBack(host()), { ...joinedPayload, hostUserId: 'bob' });
    expect(hello(comesBack(back))).not.toHaveProperty('access');
  });

  it('[PROOF-3] forgets nothing of it while there is no connection, or while it stays host', () => {
    const driver = host().told('room/roles', { roomId: ROOM, hostUserId: 'ada', control: 'host' });
    for (let attempt = 0; attempt < 3; attempt++) comesBack(driver);
    expect(hello(driver).access).toEqual(told);
  });

  it('[PROOF-3] does all that as the next host too', () => {
    const driver = online({ ...joinedPayload, hostUserId: 'bob' });
    driver.told('room/roles', { roomId: ROOM, hostUserId: 'ada', control: 'everyone' });
    driver.told('room/access', { roomId: ROOM, access: told });
    expect(hello(comesBack(driver)).access).toEqual(told);
  });

  it('[PROOF-2] [LIM-4] can join, however much there is to give back: the proof goes before all', () => {
    const long = Array.from({ length: LIMITS.accessCount }, (_, at) =>
      `${at}`.padEnd(LIMITS.userIdChars, '界'),
    );
    const guards = long.map((userId) => ({ userId, tokenHash: 'x'.repeat(43) }));
    const driver = host().told('room/access', {
      roomId: ROOM,
      access: { hostSecret, locked: true, barred: long, guards },
    });
    driver.told('watch/content', {
      roomId: ROOM,
      contentId: '界'.repeat(LIMITS.contentIdChars),
      meta: '界'.repeat(LIMITS.metaChars - 2),
    });
    comesBack(driver).told('server/hello', { v: 1, nowMs: 5_000_000, caps: [...CAPS] });
    const join = driver.sent().find(({ type }) => type === 'room/join');
    if (join?.type !== 'room/join') throw new Error('does not join');
    expect(new TextEncoder().encode(encode(join)).length).toBeLessThan(LIMITS.frameBytes);
    expect(join.payload).toMatchObject({ access: { hostSecret, locked: true }, snapshot: {} });

    const usual = { hostSecret, locked: true, barred: ['eve'], guards };
    driver.told('room/access', { roomId: ROOM, access: usual });
    expect(hello(comesBack(driver)).access).toEqual({ hostSecret, locked: true, barred: ['eve'] });
  });
});
