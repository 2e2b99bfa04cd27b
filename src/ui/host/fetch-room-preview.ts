import type { Invite } from '../../invite/invite.ts';
import { socketUrl } from '../../invite/server-address.ts';
import { roomPreview, type RoomPreview } from '../../protocol/index.ts';
import { siteName } from './site-access.ts';

/** Reads a server's answer; `null` when it is none. The site is named by `origin`: a server can say any site's name. */
export function readRoomPreview(answer: unknown): RoomPreview | null {
  const preview = roomPreview.safeParse(answer).data;
  if (!preview?.content) return preview ?? null;
  const { title, origin } = preview.content;
  return { ...preview, content: { title, origin, site: siteName(origin) ?? undefined } };
}

const TIMEOUT_MS = 4000;

/** Asks a room's server about it without joining; `null` when there is no usable answer. */
export async function fetchRoomPreview({ serverUrl, roomId, roomKey }: Invite): Promise<RoomPreview | null> {
  const server = new URL(serverUrl);
  const base = socketUrl(server, server.protocol === 'wss:' ? 'https:' : 'http:');
  try {
    const response = await fetch(`${base}/api/rooms/${encodeURIComponent(roomId)}`, {
      ...(roomKey !== null && { headers: { 'x-room-key': roomKey } }),
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const preview = readRoomPreview(await response.json());
    return response.ok ? preview : null;
  } catch {
    // Joining says what is wrong with a server, and goes on trying.
    return null;
  }
}
