import { z } from 'zod';
import { field, LIMITS, type ChatEntry, type ChatRef, type Peer } from '../protocol/index.ts';

/** A line of the chat as this member knows it. */
export const chatItem = field.chatEntry.extend({
  mine: z.boolean(),
  delivery: z.enum(['sent', 'sending', 'failed']),
});
export type ChatItem = z.infer<typeof chatItem>;

/** Names one line: ids are unique per author only (CHAT-2), and no userId has a line break in it. */
export const lineKey = ({ from, id }: Pick<ChatEntry, 'from' | 'id'>): string => `${from.userId}\n${id}`;

const KEEP = 200;
/** A batch of restored messages stays well under the frame limit: a character takes at most six bytes as JSON. */
const RESTORE_BATCH_CHARS = LIMITS.frameBytes / 8;

/** The person's own new line. */
export function withOwn(
  log: readonly ChatItem[],
  me: Peer,
  id: string,
  text: string,
  tsMs: number,
): ChatItem[] {
  if (log.some((item) => item.mine && item.id === id)) return withDelivery(log, id, 'sending');
  return [...log, { id, from: me, text, tsMs, mine: true, delivery: 'sending' as const }].slice(-KEEP);
}

/**
 * Adds what the server told, each line once. Lines of the room stand in the server's order of time, and those of one
 * moment in the order they were told, which is the same for everybody; those still on their way stay below.
 */
export function withEntries(log: readonly ChatItem[], entries: readonly ChatEntry[], me: Peer): ChatItem[] {
  const known = new Map(log.map((item) => [lineKey(item), item]));
  // The person may have had another userId when it was typed.
  const own = new Map(log.filter(({ mine }) => mine).map((item) => [item.id, item]));
  const told = new Map(entries.map((entry) => [lineKey(entry), entry]));
  const replaced = new Set<ChatItem>();
  const fresh = [...told.values()].map(({ reactions, ...entry }): ChatItem => {
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

/** How one of the person's own lines fares: only those are sent from here. */
export function withDelivery(
  log: readonly ChatItem[],
  id: string,
  delivery: ChatItem['delivery'],
): ChatItem[] {
  return log.map((item) => (item.mine && item.id === id ? { ...item, delivery } : item));
}

/** Somebody has put an emoji on a line, or taken it off. */
export function withReaction(
  log: readonly ChatItem[],
  { userId, id }: ChatRef,
  { fromUserId, emoji, on }: { fromUserId: string; emoji: string; on: boolean },
): ChatItem[] {
  return log.map((item) => {
    if (item.id !== id || item.from.userId !== userId) return item;
    const { reactions: before = [], ...bare } = item;
    const of = before.find((reaction) => reaction.emoji === emoji)?.userIds ?? [];
    const others = of.filter((each) => each !== fromUserId);
    const now = { emoji, userIds: on ? [...others, fromUserId] : others };
    const known = before.some((reaction) => reaction.emoji === emoji);
    const all = known ? before.map((each) => (each.emoji === emoji ? now : each)) : [...before, now];
    // A server may tell more than the line is read back with.
    if (all.length > LIMITS.reactionsCount || now.userIds.length > LIMITS.roomMembers) return item;
    const reactions = all.filter(({ userIds }) => userIds.length > 0);
    return reactions.length > 0 ? { ...bare, reactions } : bare;
  });
}

export function unsent(log: readonly ChatItem[]): ChatItem[] {
  return log.filter((item) => item.delivery === 'sending');
}

/** A v1 server echoes no id: its echo of our words is the oldest of our lines that says the same. */
export function echoedId(log: readonly ChatItem[], text: string): string | undefined {
  return unsent(log).find((item) => item.text === text)?.id;
}

/**
 * Own lines that a server which lost its memory no longer has, in batches that fit a frame.
 *
 * @param history What it has told of the room's, as `lineKey` names them.
 */
export function forgottenBatches(
  log: readonly ChatItem[],
  history: readonly string[],
  me: Peer,
): ChatItem[][] {
  const keys = new Set(history);
  const isKnown = (item: ChatItem) =>
    keys.has(lineKey(item)) || (item.mine && keys.has(lineKey({ from: me, id: item.id })));
  const full = history.length >= LIMITS.historyCount;
  const oldestKnownMs = Math.min(...log.filter(isKnown).map((item) => item.tsMs));
  const forgotten = log.filter(
    (item) => item.mine && item.delivery === 'sent' && !isKnown(item) && (!full || item.tsMs > oldestKnownMs),
  );
  const batches: ChatItem[][] = [];
  let roomLeft = 0;
  for (const item of forgotten.slice(-LIMITS.historyCount)) {
    if (item.text.length > roomLeft || batches.length === 0) {
      batches.push([]);
      roomLeft = RESTORE_BATCH_CHARS;
    }
    batches.at(-1)?.push(item);
    roomLeft -= item.text.length;
  }
  return batches;
}
