import { LIMITS, type ServerPayload } from '../protocol/index.ts';
import { addFromServer, addLocal, lineKey, matchEcho, undelivered, unsyncedBatches } from './chat-log.ts';
import type { SessionCommand } from './commands.ts';
import { stopTyping } from './ephemeral.ts';
import { addNotices } from './notices.ts';
import type { StepContext } from './step-context.ts';

/** The user sends a new message. */
export function sendChat(
  step: StepContext,
  { id, text }: Extract<SessionCommand, { type: 'send_chat' }>,
): void {
  const { me } = step.session.identity;
  const tsMs = step.serverNowMs ?? step.env.wallMs;
  step.update('chat', { messages: addLocal(step.session.chat.messages, me, id, text, tsMs) });
  // The message itself says that this user has stopped typing.
  step.update('ephemeral', { typingSentAtMs: null });
  send(step, id, text);
}

export function resendChat(step: StepContext): void {
  for (const { id, text } of undelivered(step.session.chat.messages)) send(step, id, text);
}

function send(step: StepContext, id: string, text: string): void {
  if (!step.isOnline) return;
  step.request('chat/send', { roomId: step.roomId, text, id }, { kind: 'chat', chatId: id });
}

/** Gives own messages back to a server that has lost its memory. */
export function restoreChat(step: StepContext): void {
  const { identity, chat: known } = step.session;
  if (!step.serverHas('history')) return;
  for (const batch of unsyncedBatches(known.messages, known.historyIds ?? [], identity.me)) {
    const messages = batch.map(({ id, text, tsMs }) => ({ id, text, tsMs }));
    step.request('chat/restore', { roomId: step.roomId, messages });
  }
}

export function onChat(step: StepContext, { from, text, tsMs, id }: ServerPayload<'chat/message'>): void {
  const { identity, chat: known } = step.session;
  const echoId = from.userId === identity.me.userId ? matchEcho(known.messages, text) : undefined;
  const entry = { id: id ?? echoId ?? step.env.newId(), from, text, tsMs };
  step.update('chat', { messages: addFromServer(known.messages, [entry], identity.me) });
  stopTyping(step, from.userId);
}

export function onHistory(step: StepContext, payload: ServerPayload<'chat/history'>): void {
  const { messages, notices = [] } = payload;
  const { identity, chat: known } = step.session;
  step.update('chat', {
    historyIds: [...(known.historyIds ?? []), ...messages.map(lineKey)].slice(-LIMITS.historyCount),
    messages: addFromServer(known.messages, messages, identity.me),
    notices: addNotices(known.notices, notices),
  });
}
