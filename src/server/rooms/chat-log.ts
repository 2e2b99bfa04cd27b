import { LIMITS, type ChatEntry, type ChatRef, type ClientPayload, type Peer } from '../../protocol/index.ts';
import type { RoomState } from './state.ts';

/** The message of that author and id, if the room remembers it. */
export function said({ history }: RoomState, { userId, id }: ChatRef): ChatEntry | undefined {
  return history.find((entry) => entry.id === id && entry.from.userId === userId);
}

/** Adds a message; false when its author has said it already (CHAT-3). */
export function say(state: RoomState, entry: ChatEntry): boolean {
  if (said(state, { userId: entry.from.userId, id: entry.id })) return false;
  state.history.push(entry);
  if (state.history.length > LIMITS.historyCount) state.history.shift();
  return true;
}

/**
 * Adds what `author` said in a life of the room that this server has forgotten, and returns what was new.
 * Nothing restored can be later than the room's beginning here: what was said since, the room knows itself (CHAT-5).
 */
export function restore(
  state: RoomState,
  author: Peer,
  messages: ClientPayload<'chat/restore'>['messages'],
): ChatEntry[] {
  const latestMs = Math.round(state.createdAtMs);
  const told = new Map(messages.map((message) => [message.id, message]));
  const missing = [...told.values()]
    .filter(({ id }) => !said(state, { userId: author.userId, id }))
    .map(({ id, text, tsMs }) => ({ id, from: author, text, tsMs: Math.min(tsMs, latestMs) }));
  // The sort is stable: of equal times, what the room has already stays first.
  state.history = [...state.history, ...missing].sort((a, b) => a.tsMs - b.tsMs).slice(-LIMITS.historyCount);
  const kept = new Set(state.history);
  return missing.filter((entry) => kept.has(entry)).sort((a, b) => a.tsMs - b.tsMs);
}
