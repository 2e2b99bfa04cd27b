import { LIMITS, type ChatEntry, type Notice, type ServerMessage } from '../../protocol/index.ts';
import { receivesNotice } from './notices.ts';
import type { Member, Room } from './room.ts';

/** Bytes of a frame that the envelope and the room name leave. */
const HISTORY_BYTES = LIMITS.frameBytes - 2048;

interface Part {
  messages: ChatEntry[];
  notices: Notice[];
}

/** The chat and the notices that a member's caps allow, in as many messages as needed (CHAT-4). */
export function historyMessages(
  room: Room,
  { caps }: Pick<Member, 'caps'>,
  { messages, notices }: Part,
): ServerMessage[] {
  const parts: Part[] = [];
  let left = 0;
  const partFor = (item: ChatEntry | Notice): Part => {
    const bytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    let part = parts.at(-1);
    if (!part || bytes > left) {
      part = { messages: [], notices: [] };
      parts.push(part);
      left = HISTORY_BYTES;
    }
    left -= bytes;
    return part;
  };
  for (const entry of messages) {
    const { reactions: _, ...bare } = entry;
    const told = caps.has('reactions') ? entry : bare;
    partFor(told).messages.push(told);
  }
  for (const notice of notices) if (receivesNotice(caps, notice.kind)) partFor(notice).notices.push(notice);
  return parts.map((part) => ({
    type: 'chat/history',
    payload: {
      roomId: room.id,
      messages: part.messages,
      ...(part.notices.length > 0 && { notices: part.notices }),
    },
  }));
}
