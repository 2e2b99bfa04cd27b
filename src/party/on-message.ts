import {
  CAPS,
  LIMITS,
  type Cap,
  type Peer,
  type ServerMessage,
  type ServerPayload,
} from '../protocol/index.ts';
import { withAckRtt } from '../sync/index.ts';
import { resendPending } from './acts.ts';
import { iceTold, peerMedia, relayCame, tellMedia } from './call.ts';
import { echoedId, forgottenBatches, lineKey, unsent, withDelivery, withEntries } from './chat-log.ts';
import { pong, stamped, startClock } from './clock-exchange.ts';
import { forgetClock, join, stop } from './connection.ts';
import { isRoomNearEnd, roomMoved } from './follow.ts';
import { tellReady } from './hold.ts';
import { accessUnder } from './host-access.ts';
import { offerIfWanted, retell, tookPlayback } from './playback.ts';
import { noticed, noticedRename, withNotices } from './notice-log.ts';
import { onError } from './on-error.ts';
import { relayPassed } from './relays.ts';
import { sendReport } from './report.ts';
import { onReaction, onTyping, stoppedTyping } from './signs.ts';
import type { Member } from './session.ts';
import type { Turn } from './turn.ts';

/** One message of the server. Those of other rooms change nothing. */
export function onMessage(turn: Turn, message: ServerMessage): void {
  const { payload } = message;
  if ('roomId' in payload && payload.roomId !== turn.session.roomId) return;
  // What was on its way when this part in the room ended.
  if (turn.session.phase === 'stopped') return;
  switch (message.type) {
    case 'server/hello':
      return onHello(turn, message.payload);
    case 'room/joined':
      return onJoined(turn, message.payload);
    case 'room/peer_joined':
      return onPeerJoined(turn, message.payload.peer);
    case 'room/peer_left':
      return onPeerLeft(turn, message.payload.userId);
    case 'room/roles': {
      const { hostUserId, control, waitPolicy, locked = false } = message.payload;
      const access = accessUnder(turn.session, hostUserId);
      turn.update({ hostUserId, control, locked, access, ...(waitPolicy && { waitPolicy }) });
      return offerIfWanted(turn);
    }
    case 'room/access':
      return turn.update({ access: message.payload.access });
    case 'room/removed':
      return stop(turn, 'removed');
    case 'member/states':
      return onMemberStates(turn, message.payload);
    case 'chat/message':
      return onChat(turn, message.payload);
    case 'chat/history':
      return onHistory(turn, message.payload);
    case 'chat/notice':
      return turn.update({ notices: withNotices(turn.session.notices, [message.payload.notice]) });
    case 'chat/typing':
      return onTyping(turn, message.payload);
    case 'chat/reaction':
      return onReaction(turn, message.payload);
    case 'watch/content':
      return onContent(turn, message.payload);
    case 'watch/playback_state':
      stamped(turn, message.payload.serverTsMs);
      return tookPlayback(turn, message.payload);
    case 'clock/pong':
      return pong(turn, message.payload);
    case 'ack':
      return onAck(turn, message.payload.requestId);
    case 'error':
      return onError(turn, message.payload);
    case 'webrtc/offer':
    case 'webrtc/answer':
    case 'webrtc/ice':
      return relayCame(turn, message);
    case 'rtc/media':
      return peerMedia(turn, message.payload);
    case 'rtc/ice_servers':
      return iceTold(turn, message.payload);
  }
}

function onHello(turn: Turn, { caps, nowMs }: ServerPayload<'server/hello'>): void {
  forgetClock(turn);
  turn.update({ serverCaps: CAPS.filter((cap: Cap) => caps?.includes(cap)) });
  stamped(turn, nowMs);
  startClock(turn);
  join(turn);
}

function onJoined(turn: Turn, payload: ServerPayload<'room/joined'>): void {
  const { peers, place, epoch, resumeToken, hostUserId, control, waitPolicy, locked, keyed } = payload;
  const { roomId, roomKey, serverCaps } = turn.session;
  if (roomKey !== null && serverCaps.includes('key') && keyed !== true) {
    // Whoever made this room does not know our link: it is told nothing of what is watched here.
    turn.send('room/leave', { roomId });
    return stop(turn, 'room_taken');
  }
  turn.timer('connect_timeout', null);
  const answers = new Map(turn.session.peers.map(({ userId, letIn }) => [userId, letIn]));
  turn.update({
    phase: 'online',
    attempt: 0,
    offlineSinceMs: null,
    problem: null,
    peers: peers.map(({ report, ...peer }) => ({
      ...peer,
      report: report ?? { state: 'ready' },
      letIn: answers.get(peer.userId),
    })),
    // A server that does not say sat down a newcomer behind them all.
    elders: peers.slice(0, place).map(({ userId }) => userId),
    epoch: epoch ?? null,
    ...(resumeToken !== undefined && { resumeToken }),
    hostUserId: hostUserId ?? null,
    access: accessUnder(turn.session, hostUserId),
    control: control ?? 'everyone',
    waitPolicy: waitPolicy ?? 'go_on',
    locked: locked ?? false,
    keyed: keyed ?? false,
    hold: null,
    toldReadyFor: null,
    historyIds: null,
  });
}

/** The joiner now knows all that the room knows; what the room has missed of us follows. */
function onSettled(turn: Turn): void {
  const { session } = turn;
  turn.update({ settled: true });
  if (session.serverCaps.includes('history')) {
    for (const batch of forgottenBatches(session.chat, session.historyIds ?? [], session.me)) {
      const messages = batch.map(({ id, text, tsMs }) => ({ id, text, tsMs }));
      turn.request('chat/restore', { roomId: session.roomId, messages });
    }
  }
  resendChat(turn);
  resendPending(turn);
  tellReady(turn);
  sendReport(turn);
  tellMedia(turn);
  offerIfWanted(turn);
}

export function resendChat(turn: Turn): void {
  for (const { id, text } of unsent(turn.session.chat)) sendChat(turn, id, text);
}

export function sendChat(turn: Turn, id: string, text: string): void {
  const { roomId, phase } = turn.session;
  if (phase === 'online') turn.request('chat/send', { roomId, text, id }, { kind: 'chat', chatId: id });
}

function onAck(turn: Turn, requestId: string): void {
  const request = turn.answered(requestId);
  if (!request) return;
  turn.update({ oneWayClock: withAckRtt(turn.session.oneWayClock, turn.env.nowMs - request.sentAtMs) });
  if (request.kind === 'join') return onSettled(turn);
  if (request.kind === 'relay') return relayPassed(turn, requestId);
  if (request.kind === 'chat') {
    turn.update({ chat: withDelivery(turn.session.chat, request.chatId, 'sent') });
  }
  const { pending, serverCaps, me } = turn.session;
  if (pending?.requestId !== requestId) return;
  // A server with timelines has echoed what it made of the act before it acked; a v1 server tells only the others.
  const own = { ...pending.timeline, seq: pending.baseSeq + 1 };
  turn.update(
    serverCaps.includes('timeline')
      ? { pending: null }
      : { pending: null, timeline: own, lastActor: me.userId },
  );
}

function onChat(turn: Turn, { from, text, tsMs, id }: ServerPayload<'chat/message'>): void {
  const { chat, me } = turn.session;
  const ownEcho = from.userId === me.userId ? echoedId(chat, text) : undefined;
  const entry = { id: id ?? ownEcho ?? turn.env.newId(), from, text, tsMs };
  turn.update({ chat: withEntries(chat, [entry], me) });
  stoppedTyping(turn, from.userId);
}

function onHistory(turn: Turn, { messages, notices = [] }: ServerPayload<'chat/history'>): void {
  const { historyIds, chat, notices: known, me } = turn.session;
  turn.update({
    historyIds: [...(historyIds ?? []), ...messages.map(lineKey)].slice(-LIMITS.historyCount),
    chat: withEntries(chat, messages, me),
    notices: withNotices(known, notices),
  });
}

function onContent(turn: Turn, payload: ServerPayload<'watch/content'>): void {
  const { contentId, meta, fromUserId, seq } = payload;
  const before = turn.session.content;
  const known = before?.contentId === contentId;
  const atEnd = isRoomNearEnd(turn.session, turn.env.nowMs);
  turn.update({
    content: { contentId, ...(meta !== undefined && { meta }) },
    contentSeq: seq ?? 0,
    ...(fromUserId !== undefined && { lastActor: fromUserId }),
    ...(!known && { timeline: null, timelineAge: null, hold: null, pending: null }),
  });
  if (!known) roomMoved(turn, { before, atEnd, fromUserId });
  offerIfWanted(turn);
}

function onMemberStates(turn: Turn, { members }: ServerPayload<'member/states'>): void {
  const reports = new Map(members.map(({ userId, ...report }) => [userId, report]));
  const merge = (peer: Member): Member => ({ ...peer, report: reports.get(peer.userId) ?? peer.report });
  turn.update({ peers: turn.session.peers.map(merge) });
  offerIfWanted(turn);
}

function onPeerJoined(turn: Turn, peer: Peer): void {
  const { peers } = turn.session;
  const known = peers.find((each) => each.userId === peer.userId);
  const member: Member = { ...known, ...peer, report: { state: 'ready' } };
  // Whoever has another name keeps the place: by it people of equal names are told apart.
  turn.update({ peers: known ? peers.map((each) => (each === known ? member : each)) : [...peers, member] });
  if (!known) noticed(turn, 'joined', peer);
  else if (known.displayName !== peer.displayName) noticedRename(turn, peer, known.displayName);
  retell(turn);
}

function onPeerLeft(turn: Turn, userId: string): void {
  const { peers } = turn.session;
  const gone = peers.find((peer) => peer.userId === userId);
  turn.update({
    peers: peers.filter((peer) => peer !== gone),
    elders: turn.session.elders.filter((elder) => elder !== userId),
  });
  stoppedTyping(turn, userId);
  if (gone) noticed(turn, 'left', { userId, displayName: gone.displayName });
}
