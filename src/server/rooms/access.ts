import { certificateIn, certificateOf } from '../../protocol/index.ts';
import { isLoopback, networkOf } from '../limits/address-key.ts';
import { ProtocolError } from '../protocol-error.ts';
import { digest, hashToken, tokenMatches } from '../secrets.ts';
import { verifyToken } from './resume-tokens.ts';
import type { Member, Room } from './room.ts';
import type { RoomState } from './state.ts';

/** Number of removed members that a room keeps out. */
const MAX_BANNED = 1000;
/** Time for which a removed member's network brings no newcomers. */
export const REMOVED_FROM_MS = 3_600_000;
const MAX_REMOVED_FROM = 100;

interface JoinCredentials {
  userId: string;
  address: string;
  resumeToken: string | undefined;
  key: string | undefined;
}

/** Whether `key` opens the room. */
export function keyMatches({ keyHash }: RoomState, key: string | undefined): boolean {
  return keyHash === null || (key !== undefined && tokenMatches(key, keyHash));
}

/** Whether a room of this name may have that key, or none: a name can vouch for its key (KEY-6). */
export function nameAllowsKey(roomId: string, key: string | undefined): boolean {
  const certificate = certificateIn(roomId);
  return certificate === null || (key !== undefined && certificateOf(digest(key)) === certificate);
}

export const wrongKeyError = () =>
  new ProtocolError('unauthorized', 'this room has a key; use its whole invite link', { reason: 'key' });

const lockedError = () => new ProtocolError('unauthorized', 'this room is locked', { reason: 'locked' });

/** Throws unless the joiner has the key, proves its name, and is no stranger to a locked room (KEY-2, RES-1, MOD-1). */
export function authorizeJoin(room: Room, comer: JoinCredentials, nowMs: number): void {
  const { state, members } = room;
  const { userId, resumeToken, key } = comer;
  if (!keyMatches(state, key)) throw wrongKeyError();
  if (!verifyToken(state, userId, resumeToken)) {
    const why = 'this userId belongs to a member who can prove it';
    throw new ProtocolError('unauthorized', why, { reason: 'identity' });
  }
  if (state.barred.has(userId)) throw lockedError();
  // A plain v1 member proves nothing, so only its lost connection keeps its place (MOD-2).
  const isKnown = state.guards.has(userId) || members.get(userId)?.connection === null;
  if (!isKnown && (state.locked || wasRemovedFrom(room, comer.address, nowMs))) throw lockedError();
}

/** Sets the only key that opens the room (KEY-1). */
export function setKey(state: RoomState, key: string): void {
  state.keyHash = hashToken(key);
}

/** Drops the access rules set by members without the key. */
export function resetAccess({ state, removedFrom }: Room): void {
  state.guards.clear();
  state.barred.clear();
  state.locked = false;
  removedFrom.clear();
}

/**
 * Bans a member by name and token, and for a while newcomers from its network, so that a second name does not help.
 * Absent members lose their tokens (MOD-3).
 */
export function ban(room: Room, target: Member, by: Member, nowMs: number): void {
  const { state, members, removedFrom } = room;
  const { barred, guards } = state;
  const { userId } = target.peer;
  barred.add(userId);
  dropOldest(barred, MAX_BANNED);
  for (const known of [...guards.keys()]) if (known === userId || !members.has(known)) guards.delete(known);
  const from = networkOf(target.connection?.address ?? '');
  // Behind a proxy, and in one household, all members share an address.
  if (from === null || isLoopback(from) || from === networkOf(by.connection?.address ?? '')) return;
  removedFrom.set(from, nowMs + REMOVED_FROM_MS);
  dropOldest(removedFrom, MAX_REMOVED_FROM);
}

/** The sender of a message. */
interface Sender {
  room: Room;
  member: Member;
}

/** Throws unless the sender is host (ROLE-4). */
export function requireHost({ room, member }: Sender): void {
  if (room.state.hostUserId !== member.peer.userId) {
    throw new ProtocolError('unauthorized', 'only the host can do this');
  }
}

/** Guards acts that cannot be undone: in a forgotten room the first joiner is host (PROOF-5). */
export function requireProvenHost(sender: Sender & { receivedAtMs: number }): void {
  requireHost(sender);
  const { room, receivedAtMs } = sender;
  if (receivedAtMs >= room.unprovenUntilMs) return;
  const retryAfterMs = Math.ceil(room.unprovenUntilMs - receivedAtMs);
  throw new ProtocolError('unauthorized', 'the host may still come back; wait a moment', { retryAfterMs });
}

/** Throws unless the sender may control playback; its claim `authoritative` changes nothing (ROLE-3). */
export function requireControl({ room: { state }, member }: Sender): void {
  if (state.control === 'host' && member.peer.userId !== state.hostUserId) {
    throw new ProtocolError('unauthorized', 'only the host controls playback in this room');
  }
}

function wasRemovedFrom({ removedFrom }: Room, address: string, nowMs: number): boolean {
  const untilMs = removedFrom.get(networkOf(address) ?? '');
  return untilMs !== undefined && nowMs < untilMs;
}

function dropOldest<K>(known: Map<K, unknown> | Set<K>, most: number): void {
  if (known.size <= most) return;
  for (const oldest of known.keys()) {
    known.delete(oldest);
    return;
  }
}
