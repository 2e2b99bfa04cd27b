import { parseInvite, type Invite } from '../../party/invite.ts';
import { readRoomName } from '../../party/room-name.ts';

export type JoinInput =
  | { kind: 'empty' }
  | { kind: 'invite'; invite: Invite }
  | { kind: 'room'; invite: Invite }
  | { kind: 'wrong'; advice: string };

/** Reads what a person typed or pasted to join: an invite link, a message around one, or a room's name. */
export function readJoin(typed: string, ownServer: string): JoinInput {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  const link = /https?:\/\/[^\s<>"]+/i.exec(text)?.[0];
  if (link !== undefined) {
    // Inside a message the sentence's own punctuation clings to the link; alone, a name may end in a full stop.
    const invite = parseInvite(link === text ? link : link.replace(/[.,;:!?)\]}'’”]+$/, ''));
    if (invite) return { kind: 'invite', invite };
    return {
      kind: 'wrong',
      advice: 'This link is not an invite. An invite ends in /join/ and the party’s name.',
    };
  }
  const roomId = readRoomName(text);
  if (roomId === null)
    return { kind: 'wrong', advice: 'No party can have this name. Check it, or paste the link.' };
  return { kind: 'room', invite: { serverUrl: ownServer, roomId, roomKey: null } };
}
