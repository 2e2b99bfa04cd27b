import type { ClientPayload } from '../../protocol/index.ts';
import { requireControl } from '../rooms/access.ts';
import { addContentNotice } from '../rooms/notices.ts';
import { broadcastAct, broadcastContent, sendContentAndPlayback } from '../rooms/playback-broadcast.ts';
import {
  changeContent,
  changePlayback,
  matchesContent,
  type PlaybackIntent,
} from '../rooms/playback-state.ts';
import { isWaitingToPlay } from '../rooms/room.ts';
import { endHold, markReady, reevaluate, releaseEarly, updateStartBarrier } from '../rooms/start-barrier.ts';
import type { MessageContext } from './message-context.ts';

/** A member's estimate of the server's clock is believed within this distance from now. */
const MAX_CLOCK_ERROR_MS = 5000;

export function setContent(context: MessageContext, payload: ClientPayload<'watch/set_content'>): void {
  requireControl(context);
  const { deps, room, member } = context;
  const { contentId, meta } = payload;
  const baseSeq = member.caps.has('timeline') ? payload.baseSeq : undefined;
  const before = room.state.content;
  const outcome = changeContent(room.state, { contentId, meta, baseSeq }, member.peer.userId);
  if (outcome === 'stale') {
    sendContentAndPlayback(deps, room, member);
    return;
  }
  if (outcome === 'changed') {
    endHold(room);
    reevaluate(deps, room);
  }
  broadcastContent(room);
  if (outcome === 'changed') addContentNotice(deps, room, member, before);
}

export function setPlayback(context: MessageContext, payload: ClientPayload<'watch/playback_state'>): void {
  requireControl(context);
  const { deps, room, member } = context;
  const intent = readIntent(context, payload);
  const { act } = intent;
  if (act === 'play' && isWaitingToPlay(room) && matchesContent(room.state, intent)) {
    // Playback is on already; only the awaited members are missing.
    if (!releaseEarly(deps, room)) sendContentAndPlayback(deps, room, member);
    return;
  }
  const { content, timeline: before } = room.state;
  const { applied, contentChanged } = changePlayback(
    room.state,
    intent,
    member.peer.userId,
    isWaitingToPlay(room),
  );
  if (contentChanged) {
    broadcastContent(room);
    addContentNotice(deps, room, member, content);
  }
  if (!applied) {
    sendContentAndPlayback(deps, room, member);
    return;
  }
  updateStartBarrier(deps, room, member, { before: contentChanged ? null : before, act });
  broadcastAct(deps, room, member, act);
}

export function setReady(
  { deps, room, member }: MessageContext,
  { seq }: ClientPayload<'watch/ready'>,
): void {
  markReady(deps, room, member, seq);
}

export function goOn(context: MessageContext): void {
  requireControl(context);
  releaseEarly(context.deps, context.room);
}

function readIntent(context: MessageContext, payload: ClientPayload<'watch/playback_state'>): PlaybackIntent {
  const { connection, member, receivedAtMs } = context;
  const { playing, positionSec, hostTsMs, contentId, rate } = payload.state;
  const v1 = { contentId, playing, positionSec };
  if (!member.caps.has('timeline')) {
    return { ...v1, rate: undefined, atServerMs: connection.senderClock.toServerMs(hostTsMs, receivedAtMs) };
  }
  const trusted = Math.abs(hostTsMs - receivedAtMs) <= MAX_CLOCK_ERROR_MS;
  const { act, baseSeq } = payload;
  return {
    ...v1,
    rate,
    atServerMs: trusted ? hostTsMs : receivedAtMs,
    ...(act !== undefined && { act }),
    ...(baseSeq !== undefined && { baseSeq }),
  };
}
