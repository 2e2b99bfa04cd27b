import type { ChatEntry, ClientPayload, ServerMessage } from '../../protocol/index.ts';
import { Refusal } from '../refusal.ts';
import { measureAnew, restore, said, say } from '../rooms/chat-log.ts';
import { history } from '../rooms/history.ts';
import { reactTo } from '../rooms/reactions.ts';
import { tell } from '../rooms/telling.ts';
import type { Call } from './call.ts';

export function chatSend(call: Call, payload: ClientPayload<'chat/send'>): void {
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
  const { room, member } = call;
  if (!member.caps.has('history')) throw new Refusal('unauthorized', 'announce cap history to restore chat');
  const messages = restore(room.state, member.peer, payload.messages);
  // What is restored has no reactions yet, so all who know of history are told the same.
  for (const part of history(room, member, { messages, notices: [] })) {
    tell(room, { cap: 'history', capped: () => part });
  }
}

/** Somebody types, or has stopped. */
export function chatTyping(call: Call, { typing }: ClientPayload<'chat/typing'>): void {
  const { room, member } = call;
  const payload = { roomId: room.id, userId: member.peer.userId, typing };
  tell(room, { cap: 'typing', capped: () => ({ type: 'chat/typing', payload }), except: member });
}

export function chatReact(call: Call, payload: ClientPayload<'chat/react'>): void {
  const { room, member } = call;
  const { emoji, to, on = true } = payload;
  const fromUserId = member.peer.userId;
  if (to) {
    const entry = said(room.state, to);
    if (!entry) throw new Refusal('bad_request', 'the room does not remember that message any more');
    if (!reactTo(entry, fromUserId, emoji, on)) return;
    measureAnew(room.state, entry);
  }
  const told = { roomId: room.id, fromUserId, emoji, ...(to && { to, on }) };
  tell(room, { cap: 'reactions', capped: () => ({ type: 'chat/reaction', payload: told }) });
}
