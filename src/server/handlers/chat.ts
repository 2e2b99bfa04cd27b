import type { ChatEntry, ClientPayload, ServerMessage } from '../../protocol/index.ts';
import { Refusal } from '../refusal.ts';
import { restore, say } from '../rooms/chat-log.ts';
import { chatHistory } from '../rooms/messages.ts';
import { tell } from '../rooms/telling.ts';
import type { Call } from './call.ts';

/** Restoring tells up to a hundred messages at once, so it counts as several. */
const RESTORE_COST = 10;

export function chatSend(call: Call, payload: ClientPayload<'chat/send'>): void {
  spend(call, 1);
  const { context, room, member, receivedAtMs } = call;
  // A field beyond v1 is read only from who announced it (CAP-2).
  const given = member.caps.has('history') ? payload.id : undefined;
  const entry: ChatEntry = {
    id: given ?? context.randomId(),
    from: member.peer,
    text: payload.text,
    tsMs: Math.round(receivedAtMs),
  };
  if (!say(room.state, entry)) return;
  const { id, ...v1 } = entry;
  const message = (extra: { id?: string }): ServerMessage => ({
    type: 'chat/message',
    payload: { roomId: room.id, ...v1, ...extra },
  });
  tell(room, { cap: 'history', capped: () => message({ id }), plain: () => message({}) });
}

export function chatRestore(call: Call, payload: ClientPayload<'chat/restore'>): void {
  spend(call, RESTORE_COST);
  const { room, member } = call;
  if (!member.caps.has('history')) throw new Refusal('unauthorized', 'announce cap history to restore chat');
  const messages = restore(room.state, member.peer, payload.messages);
  for (const part of chatHistory(room, messages)) tell(room, { cap: 'history', capped: () => part });
}

function spend({ session, receivedAtMs }: Call, cost: number): void {
  const waitMs = session.chat.take(receivedAtMs, cost);
  if (waitMs > 0) throw new Refusal('bad_request', 'too much chat; wait a moment', waitMs);
}
