import type { ServerPayload } from '../protocol/index.ts';
import { onIceRefused, onMediaRefused } from './call.ts';
import { setDelivery } from './chat-log.ts';
import { join, joinLater, stop } from './connection.ts';
import { onIntentRefusedForNow } from './intents.ts';
import { onRelayRefused } from './relays.ts';
import { retryReport } from './report.ts';
import { resendLater } from './resend-requests.ts';
import type { StepContext } from './step-context.ts';

/** For a server that says "again" but not when. */
const RETRY_AFTER_MS = 1000;

/** The server has refused something, for good or for now (ERR-5). */
export function onError(step: StepContext, error: ServerPayload<'error'>): void {
  const { requestId } = error;
  const retryAfterMs = error.retryAfterMs === 0 ? RETRY_AFTER_MS : error.retryAfterMs;
  if (requestId === undefined) {
    if (retryAfterMs !== undefined) retryReport(step, retryAfterMs);
    return;
  }
  const request = step.takeRequest(requestId);
  switch (request?.kind) {
    case 'join':
      return onJoinRefused(step, error);
    case 'chat':
      // "Too fast" does not refuse the message: it is sent again by itself.
      if (retryAfterMs !== undefined) return step.timer('resend_chat', retryAfterMs);
      return step.update('chat', {
        messages: setDelivery(step.session.chat.messages, request.chatId, 'failed'),
      });
    case 'intent':
      if (retryAfterMs !== undefined) return onIntentRefusedForNow(step, requestId, retryAfterMs);
      if (step.session.intents.pending?.requestId === requestId) step.update('intents', { pending: null });
      return noteNotAllowed(step, error);
    case 'media':
      return onMediaRefused(step, retryAfterMs);
    case 'ice_servers':
      return onIceRefused(step, retryAfterMs);
    case 'relay':
      return onRelayRefused(step, requestId, retryAfterMs);
    case 'other':
      // A host without proof waits for one that has it, so that is no refusal either (PROOF-4).
      if (retryAfterMs !== undefined) return resendLater(step, request, retryAfterMs);
      return noteNotAllowed(step, error);
  }
}

function noteNotAllowed(step: StepContext, { code }: ServerPayload<'error'>): void {
  if (code === 'unauthorized') step.update('connection', { problem: 'not_allowed' });
}

function onJoinRefused(step: StepContext, error: ServerPayload<'error'>): void {
  const { code, reason, retryAfterMs } = error;
  const { identity, connection } = step.session;
  if (reason === 'key') return stop(step, identity.certified ? 'room_taken' : 'key_refused');
  if (reason === 'locked') return stop(step, 'room_locked');
  if (retryAfterMs !== undefined) return joinLater(step, retryAfterMs);
  const isFirst = connection.problem !== 'room_refused';
  step.update('connection', { problem: 'room_refused' });
  if (code === 'unauthorized' && isFirst) {
    // Somebody else holds the token of this name: join as a newcomer rather than not at all.
    const me = { ...identity.me, userId: step.env.newId() };
    step.update('identity', { me, resumeToken: step.env.newId() });
    return join(step);
  }
  step.do({ type: 'disconnect' });
}
