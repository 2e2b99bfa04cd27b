import { LIMITS, type ChatEntry, type ChatReaction } from '../../protocol/index.ts';
import { ProtocolError } from '../protocol-error.ts';

/** A message with all its reactions must fit a frame, however its members are named. */
const REACTIONS_BYTES = 8 * 1024;

/** Adds or removes a member's emoji on a message; false if nothing changed. */
export function reactTo(entry: ChatEntry, userId: string, emoji: string, on: boolean): boolean {
  const before = entry.reactions ?? [];
  const known = before.find((reaction) => reaction.emoji === emoji) ?? { emoji, userIds: [] };
  if (known.userIds.includes(userId) === on) return false;
  const others = known.userIds.filter((each) => each !== userId);
  const changed = { emoji, userIds: on ? [...others, userId] : others };
  const reactions = before.includes(known)
    ? before.map((reaction) => (reaction === known ? changed : reaction))
    : [...before, changed];
  if (on) requireReactionSpace(reactions, changed);
  entry.reactions = reactions.filter(({ userIds }) => userIds.length > 0);
  if (entry.reactions.length === 0) delete entry.reactions;
  return true;
}

function requireReactionSpace(reactions: readonly ChatReaction[], changed: ChatReaction): void {
  const tooMuch =
    reactions.length > LIMITS.reactionsCount ||
    changed.userIds.length > LIMITS.roomMembers ||
    Buffer.byteLength(JSON.stringify(reactions)) > REACTIONS_BYTES;
  if (tooMuch) throw new ProtocolError('bad_request', 'this message has all the reactions it can hold');
}
