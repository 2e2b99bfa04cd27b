import { expect } from 'vitest';
import { noteHost } from './effects.ts';
import type { Conn } from './conn.ts';
import type { Life } from './life.ts';
import type { World } from './world.ts';

/** What has to hold after each step, whatever it was. */
export function checkAll(world: World): void {
  for (const conn of world.conns) conn.look();
  endUnused(world);
  const { life, setting, hub } = world;
  expect(hub.stats().rooms, 'rooms on the server').toBe(life ? 1 : 0);
  const shown = hub.previewRoom(setting.roomId, life?.key ?? undefined);
  expect(shown.members.toSorted(), 'members whom the server shows').toEqual(
    (life?.present() ?? []).toSorted(),
  );
  for (const conn of world.conns) {
    if (conn.isGone) continue;
    const seat = conn.userId === null ? undefined : life?.seats.get(conn.userId);
    expect(conn.isInside, `${conn.owner} as ${conn.userId} is inside`).toBe(seat?.conn === conn);
    if (conn.isInside && life) checkMember(conn, life);
    checkAccess(world, conn);
    conn.news.clear();
  }
  world.conns = world.conns.filter(({ isGone }) => !isGone);
  world.hosts.clear();
  noteHost(world);
}

/** A room in which nothing was said or on may end with its last member, or after its grace. */
function endUnused(world: World): void {
  const { life, hub } = world;
  if (life?.seats.size === 0 && !life.isUsed && hub.stats().rooms === 0) world.life = null;
}

function checkMember(conn: Conn, life: Life): void {
  if (life.key !== null) expect(conn.key, `the key that ${conn.owner} has shown`).toBe(life.key);
  expect(life.barred.has(conn.userId ?? ''), `${conn.owner} was removed`).toBe(false);
  if (conn.isPlain) return;
  expect(conn.host, `the host that ${conn.owner} was told of`).toBe(life.host);
  expect(conn.locked, `the lock that ${conn.owner} was told of`).toBe(life.locked);
  expect(conn.control, `the control that ${conn.owner} was told of`).toBe(life.control);
}

/** Who was host in this step alone is told of the access, and who is host knows the latest. */
function checkAccess({ life, hosts }: World, { isInside, isPlain, userId, news, memory }: Conn): void {
  const { access } = memory;
  if (news.has('room/access')) {
    expect([...hosts], 'who may be told of the access').toContain(userId);
    expect(access?.hostSecret, 'the secret').toBe(life?.proven?.hostSecret);
  }
  if (!life?.proven || life.host !== userId || !isInside || isPlain) return;
  expect(access?.locked, 'the lock that its host would give back').toBe(life.locked);
  expect(access?.barred, 'the removals that its host would give back').toEqual(
    expect.arrayContaining([...life.barred]),
  );
}
