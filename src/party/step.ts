import {
  OUT_OF_CALL,
  type Intent,
  type Media,
  type MemberReport,
  type ServerMessage,
} from '../protocol/index.ts';
import type { Relayed } from './call-news.ts';
import { answered, callPage, endCall, iceWanted, mediaSet, tellMedia } from './call.ts';
import { withDelivery, withOwn } from './chat-log.ts';
import { noteWallClock, ping } from './clock-exchange.ts';
import type { SessionCommand } from './commands.ts';
import { closed, connect, joinAgain, networkBack } from './connection.ts';
import { onMessage, resendChat, sendChat } from './on-message.ts';
import { prepared } from './hold.ts';
import { alongDue, noteTogether, pageMoved, takeAlong } from './follow.ts';
import { acted, intentDue, soughtTo } from './acts.ts';
import { offerIfWanted, tellFacts } from './playback.ts';
import { sendRefused } from './refused.ts';
import { relayAgain, relaySent } from './relays.ts';
import { reported, sendReport } from './report.ts';
import type { Page, Session } from './session.ts';
import { fade, react, typed } from './signs.ts';
import { serverNowMs, Turn, type Effect, type Env, type TimerName } from './turn.ts';

/** Everything that can happen to a session. */
export type SessionEvent =
  | SessionCommand
  /** A new or a restored session begins. */
  | { type: 'begin' }
  | { type: 'message'; message: ServerMessage }
  | { type: 'closed'; code: number }
  | { type: 'timer'; name: TimerName }
  | { type: 'network_back' }
  | { type: 'act'; intent: Intent }
  | { type: 'report'; report: MemberReport }
  | { type: 'page'; page: Page | null }
  /** `share`: the person wants that tab's film to become the room's. */
  | { type: 'tab'; tabId: number | null; share: boolean }
  /** The player stands where the held timeline of that `seq` begins. */
  | { type: 'prepared'; seq: number }
  | { type: 'media'; media: Media }
  /** The page that holds the call came or went. */
  | { type: 'call_page'; here: boolean }
  | { type: 'relay'; toUserId: string; relayed: Relayed }
  | { type: 'get_ice' }
  /** The person's answer to a member that wants to join the call without telling of it. */
  | { type: 'let_in'; userId: string; letIn: boolean }
  | { type: 'leave' };

/**
 * The party's session as a state machine: a pure function of the session, what happens and the environment's time and
 * randomness.
 */
export function step(
  session: Session,
  event: SessionEvent,
  env: Env,
): { session: Session; effects: readonly Effect[] } {
  const turn = new Turn(session, env);
  const woke = noteWallClock(turn);
  if (woke && turn.session.phase !== 'online') networkBack(turn);
  handle(turn, event);
  noteTogether(turn);
  return { session: turn.session, effects: turn.effects };
}

function handle(turn: Turn, event: SessionEvent): void {
  const { roomId, phase } = turn.session;
  switch (event.type) {
    case 'begin':
      // A page that held the call of a former life of the background comes again by itself.
      callPage(turn, false);
      return phase === 'stopped' ? undefined : connect(turn);
    case 'message':
      return onMessage(turn, event.message);
    case 'closed':
      return closed(turn, event.code);
    case 'timer':
      return onTimer(turn, event.name);
    case 'network_back':
      return networkBack(turn);
    case 'reconnect_now':
      if (phase === 'online') return;
      turn.update({ problem: null, attempt: 0 });
      return phase === 'waiting' || phase === 'stopped' ? connect(turn) : undefined;
    case 'send_chat': {
      const { nowMs, wallMs } = turn.env;
      const tsMs = serverNowMs(turn.session, nowMs) ?? wallMs;
      turn.update({
        chat: withOwn(turn.session.chat, turn.session.me, event.id, event.text, tsMs),
        // The message itself says that this person has stopped.
        typingToldAtMs: null,
      });
      return sendChat(turn, event.id, event.text);
    }
    case 'retry_chat':
      turn.update({ chat: withDelivery(turn.session.chat, event.id, 'sending') });
      return resendChat(turn);
    case 'set_typing':
      return typed(turn, event.typing);
    case 'react':
      return react(turn, event);
    case 'act':
      return acted(turn, event.intent);
    case 'seek_to':
      return soughtTo(turn, event.positionSec);
    case 'report':
      reported(turn, event.report);
      return offerIfWanted(turn);
    case 'page':
      turn.update({ page: event.page });
      pageMoved(turn);
      offerIfWanted(turn);
      return tellFacts(turn);
    case 'tab':
      turn.update({ tabId: event.tabId, shareTab: event.share });
      return event.tabId === null ? turn.update({ page: null }) : offerIfWanted(turn);
    case 'set_control':
      return turn.request('room/set_control', { roomId, control: event.control });
    case 'set_wait_policy':
      return turn.request('room/set_wait_policy', { roomId, waitPolicy: event.waitPolicy });
    case 'prepared':
      return prepared(turn, event.seq);
    case 'go_on':
      return turn.request('watch/go_on', { roomId });
    case 'set_offset':
      return turn.update({ offsetMs: event.offsetMs });
    case 'media':
      return mediaSet(turn, event.media);
    case 'call_page':
      return callPage(turn, event.here);
    case 'relay':
      return relaySent(turn, event.toUserId, event.relayed);
    case 'get_ice':
      return iceWanted(turn);
    case 'let_in':
      return answered(turn, event.userId, event.letIn);
    case 'take_along':
      return takeAlong(turn);
    case 'set_follow':
      return turn.update({ followParty: event.followParty });
    case 'hand_over':
      return turn.request('room/hand_over', { roomId, toUserId: event.userId });
    case 'set_lock':
      return turn.request('room/set_lock', { roomId, locked: event.locked });
    case 'remove':
      return turn.request('room/remove', { roomId, userId: event.userId });
    case 'leave':
      if (phase === 'online') turn.send('room/leave', { roomId });
      endCall(turn);
      return turn.do({ type: 'disconnect' });
  }
}

function onTimer(turn: Turn, name: TimerName): void {
  switch (name) {
    case 'retry':
      return connect(turn);
    case 'connect_timeout':
    case 'pong_timeout':
      turn.update({ abandonedAtMs: turn.env.nowMs });
      return turn.do({ type: 'disconnect' });
    case 'ping':
      return ping(turn);
    case 'report':
      return sendReport(turn);
    case 'along':
      return alongDue(turn);
    case 'resend_chat':
      return resendChat(turn);
    case 'intent':
      return intentDue(turn);
    case 'refused':
      return sendRefused(turn);
    case 'rejoin':
      return joinAgain(turn);
    case 'fade':
      return fade(turn);
    case 'call_page':
      return mediaSet(turn, OUT_OF_CALL);
    case 'relay':
      return relayAgain(turn);
    case 'tell_media':
      return tellMedia(turn);
    case 'get_ice':
      return turn.session.media.inCall ? iceWanted(turn) : undefined;
  }
}
