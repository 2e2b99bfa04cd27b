import { z } from 'zod';
import { field, LIMITS, type ChatEntry, type ChatRef, type Peer } from '../protocol/index.ts';

/** A line of the chat as this member knows it. */
export const chatItem = field.chatEntry.extend({
  mine: z.boolean(),
  delivery: z.enum(['sent', 'sending', 'failed']),
});
export type ChatItem = z.infer<typeof chatItem>;

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
  if (log.some((item) => item.id === id)) return withDelivery(log, id, 'sending');
  return [...log, { id, from: me, text, tsMs, mine: true, delivery: 'sending' as const }].slice(-KEEP);
}

/**
 * Adds what the server told, each line once. Lines of the room stand in the server's order of time, and those of one
 * moment in the order they were told, which is the same for everybody; those still on their way stay below.
 */
export function withEntries(log: readonly ChatItem[], entries: readonly ChatEntry[], me: Peer): ChatItem[] {
  const known = new Map(log.map((item) => [item.id, item]));
  const told = new Map(entries.map((entry) => [entry.id, entry]));
  const fresh = [...told.values()].map(({ reactions, ...entry }): ChatItem => {
    const mine = entry.from.userId === me.userId;
    const { reactions: _, ...item }: ChatItem = known.get(entry.id) ?? { ...entry, mine, delivery: 'sent' };
    return { ...item, ...(reactions && { reactions }), tsMs: entry.tsMs, delivery: 'sent' };
  });
  const all = [...log.filter(({ id }) => !told.has(id)), ...fresh];
  const sent = all.filter((item) => item.delivery === 'sent').toSorted((a, b) => a.tsMs - b.tsMs);
  return [...sent, ...all.filter((item) => item.delivery !== 'sent')].slice(-KEEP);
}

export function withDelivery(
  log: readonly ChatItem[],
  id: string,
  delivery: ChatItem['delivery'],
): ChatItem[] {
  return log.map((item) => (item.id === id ? { ...item, delivery } : item));
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

/** Own lines that a server which lost its memory no longer has, in batches that fit a frame. */
export function forgottenBatches(log: readonly ChatItem[], historyIds: readonly string[]): ChatItem[][] {
  const known = new Set(historyIds);
  const full = historyIds.length >= LIMITS.historyCount;
  const oldestKnownMs = Math.min(...log.filter((item) => known.has(item.id)).map((item) => item.tsMs));
  const forgotten = log.filter(
    (item) =>
      item.mine && item.delivery === 'sent' && !known.has(item.id) && (!full || item.tsMs > oldestKnownMs),
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
