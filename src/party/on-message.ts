import { CAPS, type Cap, type Peer, type ServerMessage, type ServerPayload } from '../protocol/index.ts';
import { withAckRtt } from '../sync/index.ts';
import { iceRefused, iceTold, mediaRefused, peerMedia, relayCame, tellMedia } from './call.ts';
import { echoedId, forgottenBatches, unsent, withDelivery, withEntries } from './chat-log.ts';
import { pong, stamped, startClock } from './clock-exchange.ts';
import { forgetClock, join, stop } from './connection.ts';
import { isNearEnd, roomMoved } from './follow.ts';
import { tellReady } from './hold.ts';
import { offerIfWanted, resendPending, retell, tookPlayback } from './playback.ts';
import { noticed, withNotices } from './notice-log.ts';
import { relayPassed, relayRefused } from './relays.ts';
import { sendReport } from './report.ts';
import { onReaction, onTyping, stoppedTyping } from './signs.ts';
import type { Member } from './session.ts';
import type { Turn } from './turn.ts';

const RESEND_CHAT_DEFAULT_MS = 1000;

/** One message of the server. Those of other rooms change nothing. */
export function onMessage(turn: Turn, message: ServerMessage): void {
  const { payload } = message;
  if ('roomId' in payload && payload.roomId !== turn.session.roomId) return;
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
      turn.update({ hostUserId, control, locked, ...(waitPolicy && { waitPolicy }) });
      return offerIfWanted(turn);
    }
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
  const { peers, epoch, resumeToken, hostUserId, control, waitPolicy, locked, keyed } = payload;
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
    epoch: epoch ?? null,
    ...(resumeToken !== undefined && { resumeToken }),
    hostUserId: hostUserId ?? null,
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
    for (const batch of forgottenBatches(session.chat, session.historyIds ?? [])) {
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
  const request = turn.session.requests[requestId];
  if (!request) return;
  const { [requestId]: _, ...requests } = turn.session.requests;
  turn.update({
    requests,
    oneWayClock: withAckRtt(turn.session.oneWayClock, turn.env.nowMs - request.sentAtMs),
  });
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

function onError(turn: Turn, { requestId, code, retryAfterMs, reason }: ServerPayload<'error'>): void {
  const request = requestId === undefined ? undefined : turn.session.requests[requestId];
  if (requestId === undefined || !request) return;
  const { [requestId]: _, ...requests } = turn.session.requests;
  turn.update({ requests });
  const { pending, me, chat } = turn.session;
  if (pending?.requestId === requestId) turn.update({ pending: null });
  if (request.kind === 'chat') {
    // "Too fast" is not a refusal of the words: they are sent again by themselves.
    if (retryAfterMs === undefined) turn.update({ chat: withDelivery(chat, request.chatId, 'failed') });
    else turn.timer('resend_chat', retryAfterMs || RESEND_CHAT_DEFAULT_MS);
  } else if (request.kind === 'join') {
    if (reason === 'key') stop(turn, 'key_refused');
    else if (reason === 'locked') stop(turn, 'room_locked');
    else if (code === 'unauthorized' && turn.session.problem !== 'room_refused') {
      // Somebody holds our name's token: come in as a newcomer rather than not at all.
      turn.update({
        me: { ...me, userId: turn.env.newId() },
        resumeToken: turn.env.newId(),
        problem: 'room_refused',
      });
      join(turn);
    } else {
      turn.update({ problem: 'room_refused' });
      turn.do({ do: 'disconnect' });
    }
  } else if (request.kind === 'media') {
    mediaRefused(turn, retryAfterMs);
  } else if (request.kind === 'ice_servers') {
    iceRefused(turn, retryAfterMs);
  } else if (request.kind === 'relay') {
    relayRefused(turn, requestId, retryAfterMs);
  } else if (code === 'unauthorized') turn.update({ problem: 'not_allowed' });
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
    historyIds: [...(historyIds ?? []), ...messages.map(({ id }) => id)],
    chat: withEntries(chat, messages, me),
    notices: withNotices(known, notices),
  });
}

function onContent(turn: Turn, payload: ServerPayload<'watch/content'>): void {
  const { contentId, meta, fromUserId, seq } = payload;
  const before = turn.session.content;
  const known = before?.contentId === contentId;
  const atEnd = isNearEnd(turn.session, turn.env.nowMs);
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
  const known = turn.session.peers.find((each) => each.userId === peer.userId);
  const others = turn.session.peers.filter((each) => each !== known);
  turn.update({ peers: [...others, { ...known, ...peer, report: { state: 'ready' } }] });
  // A server tells a new name in the same words.
  if (!known) noticed(turn, 'joined', peer);
  retell(turn);
}

function onPeerLeft(turn: Turn, userId: string): void {
  const { peers } = turn.session;
  const gone = peers.find((peer) => peer.userId === userId);
  turn.update({ peers: peers.filter((peer) => peer !== gone) });
  stoppedTyping(turn, userId);
  if (gone) noticed(turn, 'left', { userId, displayName: gone.displayName });
}
