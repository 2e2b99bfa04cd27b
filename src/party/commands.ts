import { z } from 'zod';
import { field } from '../protocol/index.ts';

/** What a user asks of the party itself. The session takes it as it is. */
export const sessionCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('send_chat'), id: field.chatId, text: field.chatText }),
  z.object({ type: z.literal('retry_chat'), id: field.chatId }),
  /** I type, or have stopped; may come with every key. */
  z.object({ type: z.literal('set_typing'), typing: z.boolean() }),
  /** Answer a message with an emoji (`on: false` takes it off), or without `to` send one over the video. */
  z.object({
    type: z.literal('react'),
    emoji: field.emoji,
    to: field.chatRef.optional(),
    on: z.boolean().optional(),
  }),
  /** Everyone is to come along to the video of my tab. */
  z.object({ type: z.literal('take_along') }),
  /** Whether my tab goes along when the party goes on. */
  z.object({ type: z.literal('set_follow'), followParty: z.boolean() }),
  z.object({ type: z.literal('set_control'), control: field.control }),
  z.object({ type: z.literal('hand_over'), userId: field.userId }),
  z.object({ type: z.literal('set_lock'), locked: z.boolean() }),
  /** Put a member out for good, and lock the room. */
  z.object({ type: z.literal('remove'), userId: field.userId }),
  /** What the room does when somebody cannot follow; the host's to say. */
  z.object({ type: z.literal('set_wait_policy'), waitPolicy: field.waitPolicy }),
  /** Stop waiting for those the room waits for. */
  z.object({ type: z.literal('go_on') }),
  /** Take the party to a moment of the video, as by the player's own bar. */
  z.object({ type: z.literal('seek_to'), positionSec: field.positionSec }),
  /** My own shift of the video. */
  z.object({ type: z.literal('set_offset'), offsetMs: field.offsetMs }),
  z.object({ type: z.literal('reconnect_now') }),
]);
export type SessionCommand = z.infer<typeof sessionCommand>;
