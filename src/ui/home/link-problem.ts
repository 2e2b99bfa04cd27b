import { useEffect, useState } from 'preact/hooks';
import { certificateIn, vouchesFor } from '../../protocol/index.ts';
import type { Invite } from '../../invite/invite.ts';

/** What is wrong with a link before any server is asked, as a sentence; null where nothing is. */
export async function linkProblem({ roomId, roomKey }: Invite): Promise<string | null> {
  if (certificateIn(roomId) === null) return null;
  if (roomKey === null) return 'This link is incomplete: ask for the whole invite link.';
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(roomKey));
  if (vouchesFor(roomId, new Uint8Array(digest))) return null;
  return 'This link was changed on its way; ask for it again.';
}

/** {@link linkProblem} of the link that is shown; null until it is known. */
export function useLinkProblem(invite: Invite | null): string | null {
  const [problem, setProblem] = useState<string | null>(null);
  const { serverUrl = '', roomId = '', roomKey = null } = invite ?? {};
  useEffect(() => {
    setProblem(null);
    let current = true;
    void linkProblem({ serverUrl, roomId, roomKey }).then((found) => {
      if (current) setProblem(found);
    });
    return () => {
      current = false;
    };
  }, [serverUrl, roomId, roomKey]);
  return problem;
}
