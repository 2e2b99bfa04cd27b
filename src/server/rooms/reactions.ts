import { applyReaction, LIMITS, type ChatEntry, type ChatReaction } from '../../protocol/index.ts';
import { ProtocolError } from '../protocol-error.ts';

/** A message with all its reactions must fit a frame, however its members are named. */
const REACTIONS_BYTES = 8 * 1024;

/** Adds or removes a member's emoji on a message; false if nothing changed. */
export function reactTo(entry: ChatEntry, userId: string, emoji: string, on: boolean): boolean {
  const before = entry.reactions ?? [];
  const userIds = before.find((reaction) => reaction.emoji === emoji)?.userIds ?? [];
  if (userIds.includes(userId) === on) return false;
  const reactions = applyReaction(before, { userId, emoji, on });
  if (on) requireReactionSpace(reactions, userIds.length + 1);
  entry.reactions = reactions;
  if (entry.reactions.length === 0) delete entry.reactions;
  return true;
}

function requireReactionSpace(reactions: readonly ChatReaction[], userCount: number): void {
  const tooMuch =
    reactions.length > LIMITS.reactionsCount ||
    userCount > LIMITS.roomMembers ||
    Buffer.byteLength(JSON.stringify(reactions)) > REACTIONS_BYTES;
  if (tooMuch) throw new ProtocolError('bad_request', 'this message has all the reactions it can hold');
}
