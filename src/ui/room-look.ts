import { z } from 'zod';
import type { Invite } from '../party/invite.ts';
import { socketUrl } from '../party/server-address.ts';
import { field, LIMITS } from '../protocol/index.ts';
import { siteName } from './site-access.ts';

/** What a server tells of a room to whoever has its invite (docs/protocol.md, HTTP-3). */
const roomLook = z.object({
  exists: z.boolean(),
  keyed: z.boolean().default(false),
  members: z.array(field.toldName).max(LIMITS.roomMembers),
  content: z
    .object({
      title: z.string().max(300).optional(),
      origin: z
        .url({ protocol: /^https?$/ })
        .max(300)
        .optional(),
    })
    // What is on there is named by where it is: a server can say any site's name beside any address.
    .transform(({ title, origin }) => ({ title, origin, site: siteName(origin) ?? undefined }))
    .nullable(),
});
export const readRoomLook = (told: unknown): RoomLook | null => roomLook.safeParse(told).data ?? null;
export type RoomLook = z.infer<typeof roomLook>;

const PATIENCE_MS = 4000;

/** Looks into a room without joining it; null when its server does not say. */
export async function lookIntoRoom({ serverUrl, roomId, roomKey }: Invite): Promise<RoomLook | null> {
  const server = new URL(serverUrl);
  const base = socketUrl(server, server.protocol === 'wss:' ? 'https:' : 'http:');
  try {
    const response = await fetch(`${base}/api/rooms/${encodeURIComponent(roomId)}`, {
      ...(roomKey !== null && { headers: { 'x-room-key': roomKey } }),
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const told = readRoomLook(await response.json());
    return response.ok ? told : null;
  } catch {
    // Joining says what is wrong with a server, and goes on trying.
    return null;
  }
}
