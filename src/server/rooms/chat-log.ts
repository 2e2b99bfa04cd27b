import { LIMITS, type ChatEntry, type ChatRef, type ClientPayload, type Peer } from '../../protocol/index.ts';
import type { RoomState } from './state.ts';

/** A hundred of the longest messages in any script; reactions on all of them push out the oldest (CHAT-4). */
const MAX_HISTORY_BYTES = 640 * 1024;

// Cached: a store keeps no sizes, and encoding a hundred messages at each new one would cost more than sending it.
const entryBytes = new WeakMap<ChatEntry, number>();
const totalBytes = new WeakMap<RoomState, number>();

/** Bytes of the history as JSON. */
export function historyBytes(state: RoomState): number {
  const known = totalBytes.get(state);
  if (known !== undefined) return known;
  const bytes = state.history.reduce((sum, entry) => sum + bytesOf(entry), 0);
  totalBytes.set(state, bytes);
  return bytes;
}

function bytesOf(entry: ChatEntry): number {
  const known = entryBytes.get(entry);
  if (known !== undefined) return known;
  const bytes = Buffer.byteLength(JSON.stringify(entry));
  entryBytes.set(entry, bytes);
  return bytes;
}

/** Measures a changed message again. */
export function remeasure(state: RoomState, entry: ChatEntry): void {
  entryBytes.delete(entry);
  totalBytes.delete(state);
  dropOldest(state);
}

function dropOldest(state: RoomState): void {
  const { history } = state;
  let bytes = historyBytes(state);
  while (history.length > LIMITS.historyCount || bytes > MAX_HISTORY_BYTES) {
    const oldest = history.shift();
    if (!oldest) break;
    bytes -= bytesOf(oldest);
  }
  totalBytes.set(state, bytes);
}

/** The message of that author and id, if the room remembers it. */
export function findMessage({ history }: RoomState, { userId, id }: ChatRef): ChatEntry | undefined {
  return history.find((entry) => entry.id === id && entry.from.userId === userId);
}

/** Adds a message; false if its author has sent it already (CHAT-3). */
export function addMessage(state: RoomState, entry: ChatEntry): boolean {
  if (findMessage(state, { userId: entry.from.userId, id: entry.id })) return false;
  const before = historyBytes(state);
  state.history.push(entry);
  totalBytes.set(state, before + bytesOf(entry));
  dropOldest(state);
  return true;
}

/**
 * Adds messages that `author` sent before this server forgot the room, and returns the new ones. Their times end
 * where this room began: later messages are known (CHAT-5).
 */
export function restoreMessages(
  state: RoomState,
  author: Peer,
  messages: ClientPayload<'chat/restore'>['messages'],
): ChatEntry[] {
  const latestMs = Math.round(state.createdAtMs);
  const told = new Map(messages.map((message) => [message.id, message]));
  const missing = [...told.values()]
    .filter(({ id }) => !findMessage(state, { userId: author.userId, id }))
    .map(({ id, text, tsMs }) => ({ id, from: author, text, tsMs: Math.min(tsMs, latestMs) }));
  // The sort is stable: at equal times the room's own messages stay first.
  state.history = [...state.history, ...missing].sort((a, b) => a.tsMs - b.tsMs);
  totalBytes.delete(state);
  dropOldest(state);
  const kept = new Set(state.history);
  return missing.filter((entry) => kept.has(entry)).sort((a, b) => a.tsMs - b.tsMs);
}
