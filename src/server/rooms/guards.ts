import { hashToken, tokenMatches } from '../secrets.ts';
import type { RandomId } from '../ports.ts';
import type { RoomState } from './state.ts';

/** A room's guards are never dropped while it lives, so their number must be bounded. */
const MAX_GUARDS = 1000;
/** A token a client chose itself is taken only when it is long enough to be random. */
const MIN_OWN_TOKEN_CHARS = 16;

/** Whether someone presenting `token` may be `userId` in this room. */
export function mayBe(state: RoomState, userId: string, token: string | undefined): boolean {
  const hash = state.guards.get(userId);
  return hash === undefined || (token !== undefined && tokenMatches(token, hash));
}

/**
 * Guards `userId` from now on and returns the token that proves it, to be told to the member; undefined when the member
 * knows it already or the room has too many guards. An unguarded member's own token is taken: it may come back to a
 * server that has forgotten it, or may never have received the answer that told the first one (RES-3).
 */
export function guard(
  state: RoomState,
  userId: string,
  presented: string | undefined,
  randomId: RandomId,
): string | undefined {
  if (state.guards.has(userId)) return presented;
  if (state.guards.size >= MAX_GUARDS) return undefined;
  const own = presented !== undefined && presented.length >= MIN_OWN_TOKEN_CHARS;
  const token = own ? presented : randomId();
  state.guards.set(userId, hashToken(token));
  return token;
}
