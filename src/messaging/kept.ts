import { z } from 'zod';
import { field, LIMITS } from '../protocol/index.ts';
import { overlayPlace, overlaySecret } from './overlay.ts';

/** How loud this person wants to hear somebody. */
export const hearing = z.object({ volume: z.number().min(0).max(1), muted: z.boolean() });
/** More people than anybody turns down in an evening. */
export const HEARINGS_KEPT = 64;
export const hearings = z.array(z.tuple([field.userId, hearing])).max(HEARINGS_KEPT);

/** What was typed in a room and is not sent yet. */
export const draft = z.string().max(LIMITS.chatTextChars);

const key = z.union([z.literal('hearing'), z.string().startsWith('draft:').max(5000)]);

/**
 * An overlay page to the background, by `runtime.sendMessage`: in Firefox its frame has no storage that ends with the browser. It
 * shows its secret each time, since it asks before its port is let in.
 */
export const keptMessage = z.discriminatedUnion('keep', [
  z.object({ keep: z.literal('read'), secret: overlaySecret, key }),
  z.object({ keep: z.literal('write'), secret: overlaySecret, key, value: z.union([draft, hearings]) }),
  z.object({ keep: z.literal('remove'), secret: overlaySecret, key }),
]);
export type KeptMessage = z.infer<typeof keptMessage>;

/** Without `kept` the tab's script has not vouched for that overlay yet. */
export const keptReply = z.object({ kept: z.record(z.string(), z.unknown()).optional() });
export type KeptReply = z.infer<typeof keptReply>;

/** A tab's player script to the background: where the overlay stands on this site from now on; `null` asks. */
export const placeMessage = z.object({ overlayPlace: overlayPlace.nullable() });
export type PlaceMessage = z.infer<typeof placeMessage>;
