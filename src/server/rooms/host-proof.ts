import { keyOfSecret, LIMITS, type RoomAccess } from '../../protocol/index.ts';
import { digest } from '../secrets.ts';
import { keyMatches } from './access.ts';
import { sendTo } from './broadcast.ts';
import type { Member, Room } from './room.ts';
import type { RoomState } from './state.ts';

/** Largest `room/access` that fits into a join with everything else. */
const MAX_ACCESS_BYTES = 24 * 1024;

/** Whether a joiner shows the secret from which the room's key was made (PROOF-1). */
export function hasHostSecret(state: RoomState, { access }: { access: RoomAccess | undefined }): boolean {
  return (
    access !== undefined &&
    state.keyHash !== null &&
    keyMatches(state, keyOfSecret(digest(access.hostSecret)))
  );
}

/** Restores the access rules that the host kept while this server forgot the room (PROOF-4). */
export function restoreAccess(state: RoomState, { locked, barred, guards }: RoomAccess): void {
  state.locked = locked ?? state.locked;
  if (barred) state.barred = new Set(barred);
  // Members that joined meanwhile proved nothing that lets them into a locked room.
  if (locked) state.guards.clear();
  for (const { userId, tokenHash } of guards ?? []) state.guards.set(userId, tokenHash);
}

/**
 * Members that joined while the server had forgotten the rules: removed ones, impostors, and strangers to a locked
 * room (PROOF-4). Call it before {@link restoreAccess}.
 */
export function intruders(
  { state, members }: Room,
  { locked, barred = [], guards = [] }: RoomAccess,
): Member[] {
  const known = new Map(guards.map(({ userId, tokenHash }) => [userId, tokenHash]));
  return [...members.values()].filter(({ peer: { userId } }) => {
    const tokenHash = known.get(userId);
    if (barred.includes(userId)) return true;
    return tokenHash === undefined ? locked === true : tokenHash !== state.guards.get(userId);
  });
}

/** Sends the host the access rules that it may have to restore, if they changed (PROOF-3). */
export function sendAccessToHost(room: Room): void {
  const { state, members, hostSecret, lastAccessSent } = room;
  const host = state.hostUserId === null ? undefined : members.get(state.hostUserId);
  if (hostSecret === null || !host?.connection || !host.caps.has('host_proof')) return;
  const access = accessOf(room, hostSecret);
  const text = JSON.stringify(access);
  if (lastAccessSent?.connection === host.connection && lastAccessSent.text === text) return;
  room.lastAccessSent = { connection: host.connection, text };
  sendTo(host, { type: 'room/access', payload: { roomId: room.id, access } });
}

function accessOf({ state, members }: Room, hostSecret: string): RoomAccess {
  const access = {
    hostSecret,
    locked: state.locked,
    barred: [...state.barred].slice(-LIMITS.accessCount),
    guards: [...members.keys()].flatMap((userId) => {
      const tokenHash = state.guards.get(userId);
      return tokenHash === undefined ? [] : [{ userId, tokenHash }];
    }),
  };
  // Drops the oldest removals: recently removed members are the likeliest to try again.
  while (Buffer.byteLength(JSON.stringify(access)) > MAX_ACCESS_BYTES && access.barred.length > 0) {
    access.barred.shift();
  }
  return access;
}
