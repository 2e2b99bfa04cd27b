import { keyOfSecret, LIMITS, type RoomAccess } from '../../protocol/index.ts';
import { digest } from '../secrets.ts';
import { keyMatches } from './access.ts';
import { sendTo } from './broadcast.ts';
import type { Member, Room } from './room.ts';
import type { RoomState } from './state.ts';

/** The largest `room/access` that comes back in a join beside everything else. */
const MAX_ACCESS_BYTES = 24 * 1024;

/** Whether a joiner shows the secret that the room's key was cut from (PROOF-1). */
export function hasHostSecret(state: RoomState, { access }: { access: RoomAccess | undefined }): boolean {
  return (
    access !== undefined &&
    state.keyHash !== null &&
    keyMatches(state, keyOfSecret(digest(access.hostSecret)))
  );
}

/** Puts back who may enter, as the host was told it by a server that has forgotten the room (PROOF-4). */
export function restoreAccess(state: RoomState, { locked, barred, guards }: RoomAccess): void {
  state.locked = locked ?? state.locked;
  if (barred) state.barred = new Set(barred);
  // Who was let in meanwhile has shown nothing that lets it into a locked room.
  if (locked) state.guards.clear();
  for (const { userId, tokenHash } of guards ?? []) state.guards.set(userId, tokenHash);
}

/**
 * Who came in while the server knew no better: removed members, who is not the one of that name, and strangers to a locked
 * room (PROOF-4). To be asked before {@link restoreAccess}.
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

/** Tells the host what it may have to give back one day, when that has changed (PROOF-3). */
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
  // The oldest removals give way: those who were removed last are the likeliest to try again.
  while (Buffer.byteLength(JSON.stringify(access)) > MAX_ACCESS_BYTES && access.barred.length > 0) {
    access.barred.shift();
  }
  return access;
}
