import { z } from 'zod';
import { field } from '../protocol/index.ts';

/** What a user asks of the party itself. The session takes it as it is. */
export const sessionCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('send_chat'), id: field.chatId, text: field.chatText }),
  z.object({ type: z.literal('retry_chat'), id: field.chatId }),
  /** The user types, or has stopped; may come with every key. */
  z.object({ type: z.literal('set_typing'), typing: z.boolean() }),
  /** Reacts to a message with an emoji (`on: false` removes it). Without `to` the emoji is shown over the video. */
  z.object({
    type: z.literal('react'),
    emoji: field.emoji,
    to: field.chatRef.optional(),
    on: z.boolean().optional(),
  }),
  /** Makes the video of the user's tab the room's. */
  z.object({ type: z.literal('take_along') }),
  /** Sets whether the user's tab follows when the party goes on. */
  z.object({ type: z.literal('set_follow'), followParty: z.boolean() }),
  z.object({ type: z.literal('set_control'), control: field.control }),
  z.object({ type: z.literal('hand_over'), userId: field.userId }),
  z.object({ type: z.literal('set_lock'), locked: z.boolean() }),
  /** Removes a member for good, and locks the room. */
  z.object({ type: z.literal('remove'), userId: field.userId }),
  /** Sets what the room does when a member cannot follow; only for the host. */
  z.object({ type: z.literal('set_wait_policy'), waitPolicy: field.waitPolicy }),
  /** Stops the wait for members that are not ready. */
  z.object({ type: z.literal('go_on') }),
  /** Seeks for the whole party, as the player's own bar does. */
  z.object({ type: z.literal('seek_to'), positionSec: field.positionSec }),
  /** Shifts the user's own video. */
  z.object({ type: z.literal('set_offset'), offsetMs: field.offsetMs }),
  z.object({ type: z.literal('reconnect_now') }),
]);
export type SessionCommand = z.infer<typeof sessionCommand>;
