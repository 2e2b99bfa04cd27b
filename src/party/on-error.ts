import type { ServerPayload } from '../protocol/index.ts';
import { intentRefusedForNow } from './acts.ts';
import { iceRefused, mediaRefused } from './call.ts';
import { withDelivery } from './chat-log.ts';
import { join, joinLater, stop } from './connection.ts';
import { refusedForNow } from './refused.ts';
import { relayRefused } from './relays.ts';
import { reportAgain } from './report.ts';
import type { Turn } from './turn.ts';

/** Of a server that says "again" but not when. */
const RETRY_AFTER_MS = 1000;

/** The server has not taken something: for good, or only later (ERR-5). */
export function onError(turn: Turn, error: ServerPayload<'error'>): void {
  const { requestId, code } = error;
  const retryAfterMs = error.retryAfterMs === 0 ? RETRY_AFTER_MS : error.retryAfterMs;
  if (requestId === undefined) {
    if (retryAfterMs !== undefined) reportAgain(turn, retryAfterMs);
    return;
  }
  const request = turn.answered(requestId);
  switch (request?.kind) {
    case 'join':
      return onJoinRefused(turn, error);
    case 'chat':
      // "Too fast" is not a refusal of the words: they are sent again by themselves.
      if (retryAfterMs !== undefined) turn.timer('resend_chat', retryAfterMs);
      else turn.update({ chat: withDelivery(turn.session.chat, request.chatId, 'failed') });
      return;
    case 'intent':
      if (retryAfterMs !== undefined) return intentRefusedForNow(turn, requestId, retryAfterMs);
      if (turn.session.pending?.requestId === requestId) turn.update({ pending: null });
      return code === 'unauthorized' ? turn.update({ problem: 'not_allowed' }) : undefined;
    case 'media':
      return mediaRefused(turn, retryAfterMs);
    case 'ice_servers':
      return iceRefused(turn, retryAfterMs);
    case 'relay':
      return relayRefused(turn, requestId, retryAfterMs);
    case 'other':
      // A host who cannot prove to be it is made to wait for one who can, so that is no refusal either (PROOF-4).
      if (retryAfterMs !== undefined) return refusedForNow(turn, request, retryAfterMs);
      return code === 'unauthorized' ? turn.update({ problem: 'not_allowed' }) : undefined;
  }
}

function onJoinRefused(turn: Turn, { code, reason, retryAfterMs }: ServerPayload<'error'>): void {
  const { certified, me, problem } = turn.session;
  if (reason === 'key') return stop(turn, certified ? 'room_taken' : 'key_refused');
  if (reason === 'locked') return stop(turn, 'room_locked');
  if (retryAfterMs !== undefined) return joinLater(turn, retryAfterMs);
  if (code === 'unauthorized' && problem !== 'room_refused') {
    // Somebody holds our name's token: come in as a newcomer rather than not at all.
    turn.update({
      me: { ...me, userId: turn.env.newId() },
      resumeToken: turn.env.newId(),
      problem: 'room_refused',
    });
    return join(turn);
  }
  turn.update({ problem: 'room_refused' });
  turn.do({ type: 'disconnect' });
}
