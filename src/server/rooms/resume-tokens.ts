import type { RandomId } from '../ports.ts';
import { hashToken, tokenMatches } from '../secrets.ts';
import type { Room } from './room.ts';
import type { RoomState } from './state.ts';

/** Tokens of absent members that a room keeps; those of present members are never dropped (RES-6). */
const MAX_ABSENT_TOKENS = 200;
/** A client's own token is accepted only if it is long enough to be random. */
const MIN_OWN_TOKEN_CHARS = 16;

/** Whether `token` allows its bearer to be `userId` in this room; true for a name without a token. */
export function verifyToken(state: RoomState, userId: string, token: string | undefined): boolean {
  const hash = state.guards.get(userId);
  return hash === undefined || (token !== undefined && tokenMatches(token, hash));
}

/**
 * Returns the token that proves `userId` from now on. A member without one keeps the token it presented: this server
 * may have forgotten it, or the answer with the first one was lost (RES-3).
 */
export function issueToken(
  { state, members }: Room,
  userId: string,
  presented: string | undefined,
  randomId: RandomId,
): string | undefined {
  const { guards } = state;
  if (guards.has(userId)) return presented;
  const own = presented !== undefined && presented.length >= MIN_OWN_TOKEN_CHARS;
  const token = own ? presented : randomId();
  guards.set(userId, hashToken(token));
  if (guards.size <= MAX_ABSENT_TOKENS) return token;
  const absent = [...guards.keys()].filter((known) => !members.has(known));
  for (const known of absent.slice(0, -MAX_ABSENT_TOKENS)) guards.delete(known);
  return token;
}
