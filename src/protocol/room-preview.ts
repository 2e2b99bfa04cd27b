import { z } from 'zod';
import { toldName } from './fields.ts';
import { LIMITS } from './limits.ts';

/**
 * The answer of `GET /api/rooms/<room>` to somebody with the room's invite (docs/protocol.md, HTTP-3). The server types its answer by
 * it, the client parses with it.
 */
export const roomPreview = z.object({
  exists: z.boolean(),
  /** The room has a key that was not shown, so the rest is left empty. */
  keyed: z.boolean().default(false),
  /** Display names of the connected members; the server tells equal names apart. */
  members: z.array(toldName).max(LIMITS.roomMembers),
  content: z
    .object({
      title: z.string().max(300).optional(),
      /** Only the server's word: a client names the site by `origin`. */
      site: z.string().optional().catch(undefined),
      /** The browser asks its user about this origin before it lets the extension in. */
      origin: z
        .url({ protocol: /^https?$/ })
        .max(300)
        .optional(),
    })
    .nullable(),
  playing: z.boolean().catch(false),
});
export type RoomPreview = z.infer<typeof roomPreview>;
