import { useEffect, useState } from 'preact/hooks';
import type { Invite } from '../../invite/invite.ts';
import type { PageHost } from '../host/page-host.ts';
import type { RoomPreview } from '../../protocol/index.ts';
import { sitePattern } from '../host/site-access.ts';

interface InvitePreview {
  room: RoomPreview | null;
  /** The site of what is on, if the person has still to let us in there. */
  missing: string | null;
}

/** Who waits in the room of an invite, and what its film needs of us; known before the click that joins. */
export function useRoomPreview(host: PageHost, invite: Invite | null): InvitePreview {
  const [preview, setPreview] = useState<InvitePreview>({ room: null, missing: null });
  const { serverUrl = '', roomId = '', roomKey = null } = invite ?? {};
  useEffect(() => {
    if (roomId === '') return;
    let current = true;
    const find = async () => {
      const room = await host.fetchRoomPreview({ serverUrl, roomId, roomKey });
      const pattern = sitePattern(room?.content?.origin);
      const missing = pattern !== null && !(await host.access.has(pattern)) ? pattern : null;
      if (current) setPreview({ room, missing });
    };
    void find();
    return () => {
      current = false;
    };
  }, [host, serverUrl, roomId, roomKey]);
  return preview;
}
