import { z } from 'zod';
import { applyReaction, field, LIMITS, type ChatEntry, type ChatRef, type Peer } from '../protocol/index.ts';

/** A message of the chat as this member knows it. */
export const chatItem = field.chatEntry.extend({
  mine: z.boolean(),
  delivery: z.enum(['sent', 'sending', 'failed']),
});
export type ChatItem = z.infer<typeof chatItem>;

/** Identifies a message: ids are unique per author only (CHAT-2), and no userId has a line break in it. */
export const lineKey = ({ from, id }: Pick<ChatEntry, 'from' | 'id'>): string => `${from.userId}\n${id}`;

const KEEP = 200;
/** A batch of restored messages stays well under the frame limit: a character takes at most six bytes as JSON. */
const RESTORE_BATCH_CHARS = LIMITS.frameBytes / 8;

/** Adds this user's new message. */
export function addLocal(
  log: readonly ChatItem[],
  me: Peer,
  id: string,
  text: string,
  tsMs: number,
): ChatItem[] {
  if (log.some((item) => item.mine && item.id === id)) return setDelivery(log, id, 'sending');
  return [...log, { id, from: me, text, tsMs, mine: true, delivery: 'sending' as const }].slice(-KEEP);
}

/**
 * Adds the messages that the server sent, each once. They are sorted by the server's time, those of one moment in the order
 * they were sent, which is the same for all members. Undelivered messages stay below.
 */
export function addFromServer(log: readonly ChatItem[], entries: readonly ChatEntry[], me: Peer): ChatItem[] {
  const known = new Map(log.map((item) => [lineKey(item), item]));
  // This user may have had another userId when it typed the message.
  const own = new Map(log.filter(({ mine }) => mine).map((item) => [item.id, item]));
  const sentEntries = new Map(entries.map((entry) => [lineKey(entry), entry]));
  const replaced = new Set<ChatItem>();
  const fresh = [...sentEntries.values()].map(({ reactions, ...entry }): ChatItem => {
    const mine = entry.from.userId === me.userId;
    const before = known.get(lineKey(entry)) ?? (mine ? own.get(entry.id) : undefined);
    if (before) replaced.add(before);
    const { reactions: _, ...item }: ChatItem = before ?? { ...entry, mine, delivery: 'sent' };
    return { ...item, ...(reactions && { reactions }), tsMs: entry.tsMs, delivery: 'sent' };
  });
  const all = [...log.filter((item) => !replaced.has(item)), ...fresh];
  const sent = all.filter((item) => item.delivery === 'sent').toSorted((a, b) => a.tsMs - b.tsMs);
  return [...sent, ...all.filter((item) => item.delivery !== 'sent')].slice(-KEEP);
}

/** Sets the delivery of one of this user's own messages. */
export function setDelivery(
  log: readonly ChatItem[],
  id: string,
  delivery: ChatItem['delivery'],
): ChatItem[] {
  return log.map((item) => (item.mine && item.id === id ? { ...item, delivery } : item));
}

/** A member has added or removed an emoji on a message. */
export function setReaction(
  log: readonly ChatItem[],
  { userId, id }: ChatRef,
  { fromUserId, emoji, on }: { fromUserId: string; emoji: string; on: boolean },
): ChatItem[] {
  return log.map((item) => {
    if (item.id !== id || item.from.userId !== userId) return item;
    const { reactions: before = [], ...bare } = item;
    const reactions = applyReaction(before, { userId: fromUserId, emoji, on });
    // A server may send more than the schema lets a message be read back with.
    const tooMany = reactions.some(({ userIds }) => userIds.length > LIMITS.roomMembers);
    if (tooMany || reactions.length > LIMITS.reactionsCount) return item;
    return reactions.length > 0 ? { ...bare, reactions } : bare;
  });
}

export function undelivered(log: readonly ChatItem[]): ChatItem[] {
  return log.filter((item) => item.delivery === 'sending');
}

/** Finds the message that a v1 server echoes without its id: the oldest undelivered one with the same text. */
export function matchEcho(log: readonly ChatItem[], text: string): string | undefined {
  return undelivered(log).find((item) => item.text === text)?.id;
}

/**
 * Own messages that a server which lost its memory no longer has, in batches that fit a frame.
 *
 * @param history The room's messages that the server has sent, by their `lineKey`.
 */
export function unsyncedBatches(
  log: readonly ChatItem[],
  history: readonly string[],
  me: Peer,
): ChatItem[][] {
  const keys = new Set(history);
  const isKnown = (item: ChatItem) =>
    keys.has(lineKey(item)) || (item.mine && keys.has(lineKey({ from: me, id: item.id })));
  const full = history.length >= LIMITS.historyCount;
  const oldestKnownMs = Math.min(...log.filter(isKnown).map((item) => item.tsMs));
  const unsynced = log.filter(
    (item) => item.mine && item.delivery === 'sent' && !isKnown(item) && (!full || item.tsMs > oldestKnownMs),
  );
  const batches: ChatItem[][] = [];
  let charsLeft = 0;
  for (const item of unsynced.slice(-LIMITS.historyCount)) {
    if (item.text.length > charsLeft || batches.length === 0) {
      batches.push([]);
      charsLeft = RESTORE_BATCH_CHARS;
    }
    batches.at(-1)?.push(item);
    charsLeft -= item.text.length;
  }
  return batches;
}
