import { keyInLink, roomInLink, visibleText } from '../../protocol/index.ts';
import { parseInvite, type Invite } from '../../invite/invite.ts';
import { readRoomName } from '../../invite/room-name.ts';
import { isThisMachine } from '../../invite/server-address.ts';

export type JoinInput =
  | { kind: 'empty' }
  | { kind: 'invite'; invite: Invite }
  | { kind: 'room'; invite: Invite }
  | { kind: 'wrong'; advice: string };

/** Messengers show links without their scheme, and it is left out in copying. */
const LINKS = /https?:\/\/[^\s<>"]+|(?<![^\s<>"'(«“„])[a-z\d[][^\s<>"]*\/join\/[^\s<>"]+/gi;
/** What ends a sentence around a link rather than the link. */
const CLINGING = /[\p{Pe}\p{Pf}\p{Pi}.,;:!?'"`*…。、，；：！？]+$/u;

/** Reads what a person typed or pasted to join: an invite link, a message around one, or a room's name. */
export function readJoin(typed: string, ownServer: string): JoinInput {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  const links = text.match(LINKS);
  if (links) {
    for (const link of links) {
      // Alone, a name may end in a full stop.
      const invite = parseInvite(withScheme(link === text ? link : link.replace(CLINGING, '')));
      if (invite) return { kind: 'invite', invite };
    }
    return {
      kind: 'wrong',
      advice: 'This link is not an invite. An invite ends in /join/ and the party’s name.',
    };
  }
  const invite = readRoom(text, ownServer);
  if (!invite) return { kind: 'wrong', advice: 'No party can have this name. Check it, or paste the link.' };
  return { kind: 'room', invite };
}

function withScheme(link: string): string {
  if (/^https?:/i.test(link)) return link;
  return isThisMachine(`wss://${link}`) ? `http://${link}` : `https://${link}`;
}

/** The end of a link is a name with its key. */
function readRoom(text: string, serverUrl: string): Invite | null {
  const { name, changed } = roomInLink(encodeURIComponent(text.toWellFormed()));
  const roomKey = changed ? keyInLink(text) : null;
  const roomId = readRoomName(visibleText(changed && roomKey !== null ? (name ?? '') : text));
  return roomId === null ? null : { serverUrl, roomId, roomKey };
}
