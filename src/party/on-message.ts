import {
  CAPS,
  DEFAULT_RULES,
  field,
  type Cap,
  type RoomRules,
  type ServerMessage,
  type ServerPayload,
} from '../protocol/index.ts';
import { withAckRtt } from '../sync/index.ts';
import { onIceServers, onPeerMedia, onRelay, sendMedia } from './call.ts';
import { setDelivery } from './chat-log.ts';
import { onChat, onHistory, resendChat, restoreChat } from './chat.ts';
import { onPong, onServerStamp, startClock } from './clock-exchange.ts';
import { join, resetClock, stop } from './connection.ts';
import { onReaction, onTyping } from './ephemeral.ts';
import { isRoomNearEnd, onRoomContentChanged } from './follow.ts';
import { accessUnder } from './host-access.ts';
import { confirmIntent, resendPending } from './intents.ts';
import { onMemberStates, onPeerJoined, onPeerLeft } from './members.ts';
import { addNotices } from './notices.ts';
import { onError } from './on-error.ts';
import { applyRemotePlayback, publishStateIfWanted } from './playback.ts';
import { onRelayPassed } from './relays.ts';
import { sendReport } from './report.ts';
import { sendReady } from './start-barrier.ts';
import type { StepContext } from './step-context.ts';

/** Handles one message of the server. Messages of other rooms change nothing. */
export function onMessage(step: StepContext, message: ServerMessage): void {
  const { payload } = message;
  if ('roomId' in payload && payload.roomId !== step.roomId) return;
  // A message that was on its way when the session ended.
  if (step.session.connection.phase === 'stopped') return;
  switch (message.type) {
    case 'server/hello':
      return onHello(step, message.payload);
    case 'room/joined':
      return onJoined(step, message.payload);
    case 'room/peer_joined':
      return onPeerJoined(step, message.payload.peer);
    case 'room/peer_left':
      return onPeerLeft(step, message.payload.userId);
    case 'room/roles':
      return onRoles(step, message.payload);
    case 'room/access':
      return step.update('identity', { access: message.payload.access });
    case 'room/removed':
      return stop(step, 'removed');
    case 'member/states':
      return onMemberStates(step, message.payload);
    case 'chat/message':
      return onChat(step, message.payload);
    case 'chat/history':
      return onHistory(step, message.payload);
    case 'chat/notice':
      return step.update('chat', {
        notices: addNotices(step.session.chat.notices, [message.payload.notice]),
      });
    case 'chat/typing':
      return onTyping(step, message.payload);
    case 'chat/reaction':
      return onReaction(step, message.payload);
    case 'watch/content':
      return onContent(step, message.payload);
    case 'watch/playback_state':
      onServerStamp(step, message.payload.serverTsMs);
      return applyRemotePlayback(step, message.payload);
    case 'clock/pong':
      return onPong(step, message.payload);
    case 'ack':
      return onAck(step, message.payload.requestId);
    case 'error':
      return onError(step, message.payload);
    case 'webrtc/offer':
    case 'webrtc/answer':
    case 'webrtc/ice':
      return onRelay(step, message);
    case 'rtc/media':
      return onPeerMedia(step, message.payload);
    case 'rtc/ice_servers':
      return onIceServers(step, message.payload);
  }
}

function onHello(step: StepContext, { caps, nowMs }: ServerPayload<'server/hello'>): void {
  resetClock(step);
  step.update('connection', { serverCaps: CAPS.filter((cap: Cap) => caps?.includes(cap)) });
  onServerStamp(step, nowMs);
  startClock(step);
  join(step);
}

/** The rules in a message of the server; a plain v1 server sends none. */
const givenRules = field.roomRules.partial();
const rulesIn = (payload: Partial<RoomRules>): Partial<RoomRules> => givenRules.parse(payload);

function onJoined(step: StepContext, payload: ServerPayload<'room/joined'>): void {
  const { peers, place, epoch, resumeToken, hostUserId } = payload;
  const { identity, room } = step.session;
  if (identity.roomKey !== null && step.serverHas('key') && payload.keyed !== true) {
    // The room's maker does not know our link, so it must not learn what is watched here.
    step.send('room/leave', { roomId: step.roomId });
    return stop(step, 'room_taken');
  }
  step.timer('connect_timeout', null);
  const answers = new Map(room.peers.map(({ userId, letIn }) => [userId, letIn]));
  step.update('connection', { phase: 'online', attempt: 0, offlineSinceMs: null, problem: null });
  step.update('identity', {
    access: accessUnder(identity, hostUserId),
    ...(resumeToken !== undefined && { resumeToken }),
  });
  step.update('room', {
    epoch: epoch ?? null,
    hostUserId: hostUserId ?? null,
    rules: { ...DEFAULT_RULES, ...rulesIn(payload) },
    peers: peers.map(({ report, ...peer }) => ({
      ...peer,
      report: report ?? { state: 'ready' },
      letIn: answers.get(peer.userId),
    })),
    // A server that does not say has put a newcomer behind all others.
    elders: peers.slice(0, place).map(({ userId }) => userId),
  });
  step.update('playback', { hold: null, readySentFor: null });
  step.update('chat', { historyIds: null });
}

function onRoles(step: StepContext, payload: ServerPayload<'room/roles'>): void {
  const { identity, room } = step.session;
  const { hostUserId } = payload;
  const { waitPolicy, keyed } = room.rules;
  step.update('identity', { access: accessUnder(identity, hostUserId) });
  step.update('room', { hostUserId, rules: { ...DEFAULT_RULES, waitPolicy, keyed, ...rulesIn(payload) } });
  publishStateIfWanted(step);
}

/** The joiner now knows all that the room knows. It sends what the room has missed of it. */
function onJoinComplete(step: StepContext): void {
  step.update('connection', { joinComplete: true });
  restoreChat(step);
  resendChat(step);
  resendPending(step);
  sendReady(step);
  sendReport(step);
  sendMedia(step);
  publishStateIfWanted(step);
}

function onAck(step: StepContext, requestId: string): void {
  const request = step.takeRequest(requestId);
  if (!request) return;
  const rttMs = step.env.nowMs - request.sentAtMs;
  step.update('clock', { oneWay: withAckRtt(step.session.clock.oneWay, rttMs) });
  if (request.kind === 'join') return onJoinComplete(step);
  if (request.kind === 'relay') return onRelayPassed(step, requestId);
  if (request.kind === 'chat') {
    step.update('chat', { messages: setDelivery(step.session.chat.messages, request.chatId, 'sent') });
  }
  confirmIntent(step, requestId);
}

function onContent(step: StepContext, payload: ServerPayload<'watch/content'>): void {
  const { contentId, meta, fromUserId, seq } = payload;
  const before = step.session.playback.content;
  const known = before?.contentId === contentId;
  const atEnd = isRoomNearEnd(step.session, step.env.nowMs);
  step.update('playback', {
    content: { contentId, ...(meta !== undefined && { meta }) },
    contentSeq: seq ?? 0,
    ...(fromUserId !== undefined && { lastActor: fromUserId }),
    ...(!known && { timeline: null, timelineAge: null, hold: null }),
  });
  if (!known) {
    step.update('intents', { pending: null });
    onRoomContentChanged(step, { before, atEnd, fromUserId });
  }
  publishStateIfWanted(step);
}
