import { expect } from 'vitest';
import type { RoomAccess } from '../../../src/protocol/index.ts';
import type { Conn } from './conn.ts';
import { ADDRESS_BAN_MS, GRACE_MS, Life, proves, takesKey } from './life.ts';
import { hashOf, type Attempt } from './setting.ts';
import type { HostAct, World } from './world.ts';

/** What follows from a join that was granted. */
export function becomeMember(world: World, conn: Conn, attempt: Attempt): void {
  const { userId, isPlain, snapshot, access } = attempt;
  const before = world.life;
  const isFirstProof = !before?.proven && proves(before, attempt);
  const takes = before !== null && takesKey(before, attempt);
  const life = (world.life ??= new Life(isPlain ? null : (attempt.key ?? null), world.nowMs));
  const isAgain = life.seats.get(userId)?.conn === conn;
  const adopts = !isPlain && snapshot !== undefined && (life.isBlank || isFirstProof);
  if (takes) takeKey(world, life, attempt);
  if (isFirstProof && access) takeAccess(world, life, attempt, access);
  else waitForProof(world, life, before === null, snapshot !== undefined);
  if (adopts) {
    life.hasFilm = true;
    life.isUsed = true;
  }
  takeSeat(life, conn, userId);
  // Who joins again on the same connection has shown the key already.
  if (!isAgain || takes) conn.key = isPlain ? undefined : attempt.key;
  Object.assign(conn, { userId, isPlain });
  if (isFirstProof) life.host = userId;
  life.host ??= userId;
  noteHost(world);
  if (isFirstProof || takes) {
    // The rest of what was there may go on counting or not.
    life.control = conn.control === 'host' ? 'host' : 'everyone';
    life.locked = conn.locked ?? life.locked;
  }
  if (isFirstProof && access?.locked !== undefined)
    expect(conn.locked, 'the lock of who proved').toBe(access.locked);
  if (isFirstProof && snapshot)
    expect(conn.contentId, 'the film of who proved').toBe(snapshot.content.contentId);
  if (isPlain) return;
  if (conn.tokenTold !== undefined && !life.guards.has(userId))
    life.guards.set(userId, hashOf(conn.tokenTold));
  life.doubtfulGuards.delete(userId);
}

/** All others are put out, since they have not shown it (KEY-3). */
function takeKey(world: World, life: Life, { key }: Attempt): void {
  world.seen.add('a room takes its key');
  life.key = key ?? null;
  life.seats.clear();
  life.host = null;
  doubtAll(life);
}

/** The first proof in a room's life: lock, removals and guards are as its bearer remembers them (PROOF). */
function takeAccess(world: World, life: Life, { userId }: Attempt, access: RoomAccess): void {
  if (world.hasRestarted) world.seen.add('a proof after a restart');
  if (life.seats.size > 0) world.seen.add('a proof over who came first');
  life.proven = { userId, hostSecret: access.hostSecret };
  const hashes = new Map(access.guards?.map((guard) => [guard.userId, guard.tokenHash]));
  for (const [seated, { conn }] of [...life.seats]) {
    const hash = hashes.get(seated);
    const isStranger = hash === undefined ? access.locked === true : hash !== life.guards.get(seated);
    if (seated === userId || !(isStranger || access.barred?.includes(seated))) continue;
    if (conn) world.seen.add('a proof puts somebody out');
    life.seats.delete(seated);
  }
  doubtAll(life);
  for (const barred of access.barred ?? []) if (barred !== userId) life.barred.add(barred);
  for (const [guarded, hash] of hashes) {
    life.guards.set(guarded, hash);
    life.doubtfulGuards.delete(guarded);
  }
}

/** What counted until now may go on counting, or not. */
function doubtAll(life: Life): void {
  for (const userId of life.guards.keys()) life.doubtfulGuards.add(userId);
  for (const userId of life.barred) life.doubtfullyBarred.add(userId);
  life.guards.clear();
  life.barred.clear();
  life.removedAddresses.clear();
}

/** Whose room it is nobody has shown yet, though it may be one that the server has forgotten (PROOF-5). */
function waitForProof({ setting }: World, life: Life, isNew: boolean, remembers: boolean): void {
  if (life.key === null || life.proven) return;
  if (isNew && (remembers || setting.isCertified)) life.provisionalUntilMs = life.madeAtMs + GRACE_MS;
  else if (remembers) life.doubtfulUntilMs = life.madeAtMs + GRACE_MS;
}

function takeSeat(life: Life, conn: Conn, userId: string): void {
  const before = life.seats.get(userId)?.conn;
  if (before && before !== conn) before.isInside = false;
  life.seats.set(userId, { conn, address: conn.address, lost: null });
  life.endsAtMs = null;
}

export function loseConn(world: World, conn: Conn): void {
  for (const seat of world.life?.seats.values() ?? []) {
    if (seat.conn !== conn) continue;
    seat.conn = null;
    seat.lost = { untilMs: world.nowMs + GRACE_MS, order: ++world.losses };
  }
}

/** Somebody has gone for good. */
export function removeSeat(world: World, userId: string, atMs = world.nowMs): void {
  const { life } = world;
  if (!life) return;
  life.seats.delete(userId);
  life.settle(atMs);
  noteHost(world);
}

/** What follows from an act of the host that was granted. */
export function carryOut(world: World, by: Conn, act: HostAct): void {
  const { life } = world;
  if (!life) return;
  if (act.type === 'room/set_lock') life.locked = act.locked;
  else if (act.type === 'room/set_control') life.control = act.control;
  else if (act.type === 'room/hand_over') {
    life.host = act.toUserId;
    noteHost(world);
  } else removeMember(world, life, by, act.userId);
}

/** For good, with whatever else it may come by: its address, and seats that nobody sits in (MOD-3, LOCK). */
function removeMember(world: World, life: Life, by: Conn, userId: string): void {
  world.seen.add(world.hasRestarted ? 'a removal after a restart' : 'a removal');
  life.barred.add(userId);
  const address = life.seats.get(userId)?.address;
  // In one household everybody comes from there.
  if (address !== undefined && address !== by.address)
    life.removedAddresses.set(address, world.nowMs + ADDRESS_BAN_MS);
  life.locked = true;
  removeSeat(world, userId);
  for (const guarded of [...life.guards.keys(), ...life.doubtfulGuards]) {
    if (life.seats.has(guarded)) continue;
    life.guards.delete(guarded);
    life.doubtfulGuards.delete(guarded);
  }
}

export function noteHost({ life, hosts }: World): void {
  if (life?.host) hosts.add(life.host);
}
