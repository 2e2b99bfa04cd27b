import type { ChatEntry, ClientPayload, ServerMessage } from '../../protocol/index.ts';
import { ProtocolError } from '../protocol-error.ts';
import { broadcast } from '../rooms/broadcast.ts';
import { addMessage, findMessage, remeasure, restoreMessages } from '../rooms/chat-log.ts';
import { historyMessages } from '../rooms/history.ts';
import { reactTo } from '../rooms/reactions.ts';
import type { MessageContext } from './message-context.ts';

export function chatSend(context: MessageContext, payload: ClientPayload<'chat/send'>): void {
  const { deps, room, member, receivedAtMs } = context;
  // A field beyond v1 is read only from a member with its cap (CAP-2).
  const given = member.caps.has('history') ? payload.id : undefined;
  const entry: ChatEntry = {
    id: given ?? deps.randomId(),
    from: member.peer,
    text: payload.text,
    tsMs: Math.round(receivedAtMs),
  };
  if (!addMessage(room.state, entry)) return;
  const { id, ...v1 } = entry;
  const message = (extra: { id?: string }): ServerMessage => ({
    type: 'chat/message',
    payload: { roomId: room.id, ...v1, ...extra },
  });
  broadcast(room, { cap: 'history', capped: () => message({ id }), plain: () => message({}) });
}

export function chatRestore(context: MessageContext, payload: ClientPayload<'chat/restore'>): void {
  const { room, member } = context;
  if (!member.caps.has('history'))
    throw new ProtocolError('unauthorized', 'announce cap history to restore chat');
  const messages = restoreMessages(room.state, member.peer, payload.messages);
  // Restored messages have no reactions yet, so all members with the history get the same.
  for (const part of historyMessages(room, member, { messages, notices: [] })) {
    broadcast(room, { cap: 'history', capped: () => part });
  }
}

/** Broadcasts that a member types, or has stopped. */
export function chatTyping(context: MessageContext, { typing }: ClientPayload<'chat/typing'>): void {
  const { room, member } = context;
  const payload = { roomId: room.id, userId: member.peer.userId, typing };
  broadcast(room, { cap: 'typing', capped: () => ({ type: 'chat/typing', payload }), except: member });
}

export function chatReact(context: MessageContext, payload: ClientPayload<'chat/react'>): void {
  const { room, member } = context;
  const { emoji, to, on = true } = payload;
  const fromUserId = member.peer.userId;
  if (to) {
    const entry = findMessage(room.state, to);
    if (!entry) throw new ProtocolError('bad_request', 'the room does not remember that message any more');
    if (!reactTo(entry, fromUserId, emoji, on)) return;
    remeasure(room.state, entry);
  }
  const told = { roomId: room.id, fromUserId, emoji, ...(to && { to, on }) };
  broadcast(room, { cap: 'reactions', capped: () => ({ type: 'chat/reaction', payload: told }) });
}
