import { hashToken, tokenMatches } from '../secrets.ts';
import { Refusal } from '../refusal.ts';
import { mayBe } from './guards.ts';
import type { Room } from './room.ts';
import type { RoomState } from './state.ts';

/** Removed members of whom a room remembers that they may not come back. */
const MAX_BARRED = 1000;

interface Comer {
  userId: string;
  resumeToken: string | undefined;
  key: string | undefined;
}

/** Whether whoever shows `key` may know of this room and enter it. */
export function opens({ keyHash }: RoomState, key: string | undefined): boolean {
  return keyHash === null || (key !== undefined && tokenMatches(key, keyHash));
}

/** Lets pass who has the key, is who it says, and is no stranger to a locked room (KEY-2, RES-1, MOD-1). */
export function refuseStranger({ state, members }: Room, { userId, resumeToken, key }: Comer): void {
  if (!opens(state, key)) {
    throw new Refusal('unauthorized', 'this room has a key; use its whole invite link', { reason: 'key' });
  }
  if (!mayBe(state, userId, resumeToken)) {
    const why = 'this userId belongs to a member who can prove it';
    throw new Refusal('unauthorized', why, { reason: 'identity' });
  }
  // Who has a guard here, and has just shown its token, was let in before.
  const known = members.has(userId) || state.guards.has(userId);
  if (state.barred.has(userId) || (state.locked && !known)) {
    throw new Refusal('unauthorized', 'this room is locked', { reason: 'locked' });
  }
}

/** From now on the room opens to this key only (KEY-1). */
export function giveKey(state: RoomState, key: string): void {
  state.keyHash = hashToken(key);
}

/** Nobody may come back under this name, by whatever token (MOD-3). */
export function bar({ barred, guards }: RoomState, userId: string): void {
  guards.delete(userId);
  barred.add(userId);
  const [oldest] = barred;
  if (barred.size > MAX_BARRED && oldest !== undefined) barred.delete(oldest);
}
