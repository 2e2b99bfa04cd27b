import type { ChatReaction } from './fields.ts';

/** A message's reactions after a member has added or removed an emoji. Emoji that nobody has left are dropped. */
export function applyReaction(
  before: readonly ChatReaction[],
  { userId, emoji, on }: { userId: string; emoji: string; on: boolean },
): ChatReaction[] {
  const change = (userIds: readonly string[]): ChatReaction => {
    const others = userIds.filter((each) => each !== userId);
    return { emoji, userIds: on ? [...others, userId] : others };
  };
  const all = before.some((reaction) => reaction.emoji === emoji)
    ? before.map((reaction) => (reaction.emoji === emoji ? change(reaction.userIds) : reaction))
    : [...before, change([])];
  return all.filter(({ userIds }) => userIds.length > 0);
}
