import type { RandomId } from '../ports.ts';
import { hashToken, tokenMatches } from '../secrets.ts';
import type { Room } from './room.ts';
import type { RoomState } from './state.ts';

/** Those of members who have gone that a room remembers; members' own are never dropped (RES-6). */
const MAX_ABSENT_TOKENS = 200;
/** A token a client chose itself is taken only when it is long enough to be random. */
const MIN_OWN_TOKEN_CHARS = 16;

/** Whether someone presenting `token` may be `userId` in this room. */
export function verifyToken(state: RoomState, userId: string, token: string | undefined): boolean {
  const hash = state.guards.get(userId);
  return hash === undefined || (token !== undefined && tokenMatches(token, hash));
}

/**
 * Guards `userId` from now on and returns the token that proves it, to be told to the member. An unguarded member's own token is
 * taken: it may come back to a server that has forgotten it, or may never have received the answer that told the first one (RES-3).
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
