import { createHash } from 'node:crypto';
import { field, readInvitePath, vouchesFor } from '../../protocol/index.ts';
import { problemPage } from '../landing/pages.ts';
import { pageReply, type Reply } from './response.ts';

/** An invite link's room, or the reply in its place. `root` leads from the page to the server's root. */
export type InviteRequest = { roomId: string; root: string } | { reply: Reply };

const CHANGED = 'This link was changed on its way; ask for it again.';

/** Reads the request for an invite's page; `null` for any other. */
export function readInviteRequest(path: string, query: string): InviteRequest | null {
  const link = readInvitePath(path, query);
  if (!link) return null;
  const root = '../'.repeat(path.slice(link.base.length).split('/').length - 2);
  const roomId = readRoomId(link.name ?? '');
  if (link.key !== null && roomId !== null) return { reply: redirectToFragment(roomId, link.key, root) };
  if (link.changed) return { reply: refusedReply('This is not the whole invite', CHANGED, root) };
  if (roomId !== null) return { roomId, root };
  const advice = 'The link seems to be cut off or mistyped. Ask your friend to copy the invite link again.';
  return { reply: refusedReply('This is not an invite', advice, root) };
}

/** Reads a room's name; `null` if no room can have it. */
export function readRoomId(name: string): string | null {
  return field.roomId.safeParse(name).data ?? null;
}

/**
 * Redirects a link whose key was in path or query, where logs and histories keep it. The key goes back behind the
 * `#`, in a header that no page and no log of ours holds.
 */
function redirectToFragment(roomId: string, key: string, root: string): Reply {
  const digest = createHash('sha256').update(key).digest();
  if (/^\.+$/.test(roomId) || !vouchesFor(roomId, digest)) {
    return refusedReply('This is not the whole invite', CHANGED, root);
  }
  const page = problemPage('One moment', 'This link was changed on its way. The right one follows.', root);
  // Relative, because a proxy may serve this below a path.
  const location = `${root}join/${encodeURIComponent(roomId)}#k=${key}`;
  return { ...pageReply(303, page), headers: { location } };
}

function refusedReply(title: string, advice: string, root: string): Reply {
  return pageReply(400, problemPage(title, advice, root));
}
