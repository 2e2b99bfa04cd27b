import {
  OUT_OF_CALL,
  type Intent,
  type Media,
  type MemberReport,
  type ServerMessage,
} from '../protocol/index.ts';
import type { Relayed } from './call-event.ts';
import { answerJoinRequest, endCall, onCallPage, requestIceServers, sendMedia, setMedia } from './call.ts';
import { setDelivery } from './chat-log.ts';
import { resendChat, sendChat } from './chat.ts';
import { checkWallClock, sendPing } from './clock-exchange.ts';
import type { SessionCommand } from './commands.ts';
import { connect, joinAgain, onClosed, onNetworkBack } from './connection.ts';
import { expire, react, setTyping } from './ephemeral.ts';
import { onNavigationTimeout, onPageChanged, shareMyContent, trackSharedContent } from './follow.ts';
import { applyLocalIntent, onIntentDue, seekRoom } from './intents.ts';
import { onMessage } from './on-message.ts';
import { publishMetadata, publishStateIfWanted } from './playback.ts';
import { resendRelays, sendRelay } from './relays.ts';
import { onPlayerReport, sendReport } from './report.ts';
import { resendDue } from './resend-requests.ts';
import type { Page, Session } from './session.ts';
import { onPlayerReady } from './start-barrier.ts';
import { StepContext, type Effect, type Env, type TimerName } from './step-context.ts';

/** What happens to a session beside the user's commands. */
type ExternalEvent =
  /** A new or a restored session begins. */
  | { type: 'begin' }
  | { type: 'message'; message: ServerMessage }
  | { type: 'closed'; code: number }
  | { type: 'timer'; name: TimerName }
  | { type: 'network_back' }
  | { type: 'act'; intent: Intent }
  | { type: 'report'; report: MemberReport }
  | { type: 'page'; page: Page | null }
  /** `share`: the user wants that tab's video to become the room's. */
  | { type: 'tab'; tabId: number | null; share: boolean }
  /** The player is ready where the held timeline of that `seq` starts. */
  | { type: 'prepared'; seq: number }
  | { type: 'media'; media: Media }
  /** The page that holds the call connected or went away. */
  | { type: 'call_page'; here: boolean }
  | { type: 'relay'; toUserId: string; relayed: Relayed }
  | { type: 'get_ice' }
  /** The user's answer to a member without cap `faces` that asked to join the call. */
  | { type: 'let_in'; userId: string; letIn: boolean }
  | { type: 'leave' };

/** Everything that can happen to a session. */
export type SessionEvent = SessionCommand | ExternalEvent;

/**
 * The session as a state machine: a pure function of the session, the event, and the environment's time and randomness.
 */
export function step(
  session: Session,
  event: SessionEvent,
  env: Env,
): { session: Session; effects: readonly Effect[] } {
  const context = new StepContext(session, env);
  const woke = checkWallClock(context);
  if (woke && !context.isOnline) onNetworkBack(context);
  handleEvent(context, event);
  trackSharedContent(context);
  return { session: context.session, effects: context.effects };
}

function handleEvent(context: StepContext, event: SessionEvent): void {
  switch (event.type) {
    case 'begin':
      // A page that held the call of an earlier background connects again by itself.
      onCallPage(context, false);
      if (context.session.connection.phase !== 'stopped') connect(context);
      return;
    case 'message':
      return onMessage(context, event.message);
    case 'closed':
      return onClosed(context, event.code);
    case 'timer':
      return onTimer(context, event.name);
    case 'network_back':
      return onNetworkBack(context);
    case 'act':
      return applyLocalIntent(context, event.intent);
    case 'report':
      onPlayerReport(context, event.report);
      return publishStateIfWanted(context);
    case 'page':
      context.update('tab', { page: event.page });
      onPageChanged(context);
      publishStateIfWanted(context);
      return publishMetadata(context);
    case 'tab':
      context.update('tab', { tabId: event.tabId, share: event.share });
      if (event.tabId === null) return context.update('tab', { page: null });
      return publishStateIfWanted(context);
    case 'prepared':
      return onPlayerReady(context, event.seq);
    case 'media':
      return setMedia(context, event.media);
    case 'call_page':
      return onCallPage(context, event.here);
    case 'relay':
      return sendRelay(context, event.toUserId, event.relayed);
    case 'get_ice':
      return requestIceServers(context);
    case 'let_in':
      return answerJoinRequest(context, event.userId, event.letIn);
    case 'leave':
      if (context.isOnline) context.send('room/leave', { roomId: context.roomId });
      endCall(context);
      return context.do({ type: 'disconnect' });
    default:
      return handleCommand(context, event);
  }
}

function handleCommand(context: StepContext, command: SessionCommand): void {
  const { roomId } = context;
  switch (command.type) {
    case 'reconnect_now':
      return reconnectNow(context);
    case 'send_chat':
      return sendChat(context, command);
    case 'retry_chat': {
      const messages = setDelivery(context.session.chat.messages, command.id, 'sending');
      context.update('chat', { messages });
      return resendChat(context);
    }
    case 'set_typing':
      return setTyping(context, command.typing);
    case 'react':
      return react(context, command);
    case 'seek_to':
      return seekRoom(context, command.positionSec);
    case 'set_control':
      return context.request('room/set_control', { roomId, ...bodyOf(command) });
    case 'set_wait_policy':
      return context.request('room/set_wait_policy', { roomId, ...bodyOf(command) });
    case 'set_lock':
      return context.request('room/set_lock', { roomId, ...bodyOf(command) });
    case 'remove':
      return context.request('room/remove', { roomId, ...bodyOf(command) });
    case 'hand_over':
      return context.request('room/hand_over', { roomId, toUserId: command.userId });
    case 'go_on':
      return context.request('watch/go_on', { roomId });
    case 'set_offset':
      return context.update('settings', bodyOf(command));
    case 'set_follow':
      return context.update('settings', bodyOf(command));
    case 'take_along':
      return shareMyContent(context);
  }
}

/** The fields of a command, as the message or the setting of the same names takes them. */
function bodyOf<Command extends SessionCommand>(command: Command): Omit<Command, 'type'> {
  const { type: _, ...body } = command;
  return body;
}

function reconnectNow(context: StepContext): void {
  const { phase } = context.session.connection;
  if (phase === 'online') return;
  context.update('connection', { problem: null, attempt: 0 });
  if (phase === 'waiting' || phase === 'stopped') connect(context);
}

function onTimer(context: StepContext, name: TimerName): void {
  switch (name) {
    case 'retry':
      return connect(context);
    case 'connect_timeout':
    case 'pong_timeout':
      context.update('connection', { abandonedAtMs: context.env.nowMs });
      return context.do({ type: 'disconnect' });
    case 'ping':
      return sendPing(context);
    case 'report':
      return sendReport(context);
    case 'navigation':
      return onNavigationTimeout(context);
    case 'resend_chat':
      return resendChat(context);
    case 'intent':
      return onIntentDue(context);
    case 'refused':
      return resendDue(context);
    case 'rejoin':
      return joinAgain(context);
    case 'expire':
      return expire(context);
    case 'call_page':
      return setMedia(context, OUT_OF_CALL);
    case 'relay':
      return resendRelays(context);
    case 'send_media':
      return sendMedia(context);
    case 'get_ice':
      return context.session.call.media.inCall ? requestIceServers(context) : undefined;
  }
}
