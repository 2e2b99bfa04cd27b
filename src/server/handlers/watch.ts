import type { ClientPayload } from '../../protocol/index.ts';
import { Refusal } from '../refusal.ts';
import { passGate } from '../rooms/gate.ts';
import { becomeReady, endHold, goOn, review } from '../rooms/hold.ts';
import { announceMove } from '../rooms/notices.ts';
import { stands } from '../rooms/room.ts';
import { changeContent, changePlayback, isForNow, type PlaybackIntent } from '../rooms/watch.ts';
import { tellActed, tellContent, tellWatch } from '../rooms/watch-telling.ts';
import type { Call } from './call.ts';

/** How far from now a member's estimate of the server's clock may be and still be believed. */
const TRUSTED_WITHIN_MS = 5000;

export function setContent(call: Call, payload: ClientPayload<'watch/set_content'>): void {
  refuseUnlessInControl(call);
  const { context, room, member } = call;
  const { contentId, meta } = payload;
  const baseSeq = member.caps.has('timeline') ? payload.baseSeq : undefined;
  const before = room.state.content;
  const outcome = changeContent(room.state, { contentId, meta, baseSeq }, member.peer.userId);
  if (outcome === 'stale') {
    tellWatch(context, room, member);
    return;
  }
  if (outcome === 'changed') {
    endHold(room);
    review(context, room);
  }
  tellContent(room);
  if (outcome === 'changed') announceMove(context, room, member, before);
}

export function setPlayback(call: Call, payload: ClientPayload<'watch/playback_state'>): void {
  refuseUnlessInControl(call);
  const { context, room, member } = call;
  const intent = readIntent(call, payload);
  const { act } = intent;
  if (act === 'play' && stands(room) && isForNow(room.state, intent)) {
    // It is to play already, and only those may be missing who are waited for.
    if (!goOn(context, room)) tellWatch(context, room, member);
    return;
  }
  const { content, timeline: before } = room.state;
  const { applied, contentChanged } = changePlayback(room.state, intent, member.peer.userId, stands(room));
  if (contentChanged) {
    tellContent(room);
    announceMove(context, room, member, content);
  }
  if (!applied) {
    tellWatch(context, room, member);
    return;
  }
  passGate(context, room, member, { before: contentChanged ? null : before, act });
  tellActed(context, room, member, act);
}

export function setReady({ context, room, member }: Call, { seq }: ClientPayload<'watch/ready'>): void {
  becomeReady(context, room, member, seq);
}

export function setGoingOn(call: Call): void {
  refuseUnlessInControl(call);
  goOn(call.context, call.room);
}

/** `authoritative` is only claimed by the sender; the room's own roles decide (ROLE-3). */
function refuseUnlessInControl({ room: { state }, member }: Call): void {
  if (state.control === 'host' && member.peer.userId !== state.hostUserId) {
    throw new Refusal('unauthorized', 'only the host controls playback in this room');
  }
}

function readIntent(call: Call, payload: ClientPayload<'watch/playback_state'>): PlaybackIntent {
  const { session, member, receivedAtMs } = call;
  const { playing, positionSec, hostTsMs, contentId, rate } = payload.state;
  const v1 = { contentId, playing, positionSec };
  if (!member.caps.has('timeline')) {
    return { ...v1, rate: undefined, atServerMs: session.hostClock.toServerMs(hostTsMs, receivedAtMs) };
  }
  const trusted = Math.abs(hostTsMs - receivedAtMs) <= TRUSTED_WITHIN_MS;
  const { act, baseSeq } = payload;
  return {
    ...v1,
    rate,
    atServerMs: trusted ? hostTsMs : receivedAtMs,
    ...(act !== undefined && { act }),
    ...(baseSeq !== undefined && { baseSeq }),
  };
}
