import type { Act } from '../../protocol/index.ts';
import {
  COMING_HOLD_MS,
  holdTimeline,
  HOLD_MS,
  isStalled,
  isStart,
  releaseTimeline,
  startAtMs,
} from '../../sync/start-barrier.ts';
import type { Timeline } from '../../sync/timeline.ts';
import { awaitedMembers, excuseAwaited, isAwaited, type HoldReason } from './awaited-members.ts';
import { broadcastPlayback } from './playback-broadcast.ts';
import { save, type Deps, type Member, type Room, type RoomHold } from './room.ts';

/** Players catch up on a shorter stall unnoticed. */
const STALL_MS = 700;
/** Most holds end before an update of the waiting list is worth sending (HOLD-6). */
const UPDATE_EVERY_MS = 1000;

/** Ends, keeps or begins a hold after `actor`'s act on the timeline `before`; the caller broadcasts it. */
export function updateStartBarrier(
  deps: Deps,
  room: Room,
  actor: Member,
  { before, act }: { before: Timeline | null; act: Act | undefined },
): void {
  const { state, cancelStart, hold } = room;
  const after = state.timeline;
  if (!after) return;
  if (act === 'rate' && before && hold) {
    // A ready player is ready at any rate.
    state.timeline = { ...after, held: true };
  } else {
    endHold(room);
    if (act === 'rate' && before && cancelStart) scheduleStart(deps, room);
    else if (isStart(before, after, act) && startsTogether(room, actor)) beginHold(deps, room, 'start');
  }
  reevaluate(deps, room);
}

/** A start is held only for two or more able members, among them the actor (HOLD-1). */
function startsTogether(room: Room, actor: Member): boolean {
  const able = awaitedMembers(room, 'start');
  return able.length > 1 && able.includes(actor);
}

/** Holds the timeline until all awaited members are ready; the caller broadcasts it. */
export function beginHold(deps: Deps, room: Room, reason: HoldReason): void {
  const { state } = room;
  if (!state.timeline) return;
  endHold(room);
  const { atServerMs } = state.timeline;
  const nowMs = deps.nowMs();
  const overdue = () => release(deps, room, { excuse: reason === 'stall' });
  state.timeline = holdTimeline(state.timeline, reason === 'stall' ? nowMs : atServerMs, state.seq);
  room.hold = {
    reason,
    waitingFor: new Set(awaitedMembers(room, reason).map(({ peer }) => peer.userId)),
    sinceSeq: state.seq,
    startedAtMs: nowMs,
    untilMs: nowMs + HOLD_MS[reason],
    lastSentAtMs: nowMs,
    cancelTimeout: deps.setTimer(overdue, HOLD_MS[reason]),
    cancelUpdate: null,
  };
}

/** Drops the hold, and a scheduled start: their timeline is gone. */
export function endHold(room: Room): void {
  room.hold?.cancelTimeout();
  room.hold?.cancelUpdate?.();
  room.hold = null;
  cancelStart(room);
}

/** Marks a member whose player stands at the start of the timeline `seq` (HOLD-3). */
export function markReady(deps: Deps, room: Room, member: Member, seq: number): void {
  const { hold } = room;
  if (!hold || seq < hold.sinceSeq || seq > room.state.seq) return;
  if (hold.waitingFor.delete(member.peer.userId)) onFewerAwaited(deps, room);
}

/** Releases the hold before all are ready; false without a hold (HOLD-9). */
export function releaseEarly(deps: Deps, room: Room): boolean {
  if (!room.hold) return false;
  release(deps, room, { excuse: true });
  return true;
}

/** Re-evaluates hold and stalls. Call it after every change of members, policy or timeline. */
export function reevaluate(deps: Deps, room: Room): void {
  const { hold, members } = room;
  if (hold?.reason === 'stall' && room.state.waitPolicy === 'go_on') {
    release(deps, room, { excuse: false });
    return;
  }
  if (hold) {
    const before = hold.waitingFor.size;
    for (const userId of hold.waitingFor) {
      const member = members.get(userId);
      if (!member || !isAwaited(member, hold.reason)) hold.waitingFor.delete(userId);
    }
    extendForComing(deps, room, hold);
    if (hold.waitingFor.size < before) onFewerAwaited(deps, room);
  }
  trackStalls(deps, room);
}

/** Extends a start while a member is on the way to the video (HOLD-13). */
function extendForComing(deps: Deps, room: Room, hold: RoomHold): void {
  const untilMs = hold.startedAtMs + COMING_HOLD_MS;
  const coming = [...hold.waitingFor].some((userId) => room.members.get(userId)?.report.state === 'coming');
  if (hold.reason !== 'start' || !coming || hold.untilMs >= untilMs) return;
  hold.cancelTimeout();
  hold.untilMs = untilMs;
  hold.cancelTimeout = deps.setTimer(() => release(deps, room, { excuse: false }), untilMs - deps.nowMs());
  scheduleHoldUpdate(deps, room, hold);
}

function onFewerAwaited(deps: Deps, room: Room): void {
  const { hold } = room;
  if (!hold) return;
  if (hold.waitingFor.size === 0) {
    release(deps, room, { excuse: false });
    return;
  }
  scheduleHoldUpdate(deps, room, hold);
}

function scheduleHoldUpdate(deps: Deps, room: Room, hold: RoomHold): void {
  const telling = () => {
    hold.cancelUpdate = null;
    hold.lastSentAtMs = deps.nowMs();
    broadcastPlayback(deps, room, { levels: ['hold'] });
  };
  const dueMs = Math.max(0, hold.lastSentAtMs + UPDATE_EVERY_MS - deps.nowMs());
  hold.cancelUpdate ??= deps.setTimer(telling, dueMs);
}

/** Releases the hold and schedules the start; plain v1 members are told at that moment (HOLD-4). */
function release(deps: Deps, room: Room, { excuse }: { excuse: boolean }): void {
  const { hold, state } = room;
  if (!hold || !state.timeline) return;
  if (excuse) excuseAwaited(deps, room, hold);
  endHold(room);
  const rttsMs = awaitedMembers(room, 'start').map(({ report }) => report.rttMs);
  state.seq += 1;
  state.timeline = releaseTimeline(state.timeline, startAtMs(deps.nowMs(), rttsMs), state.seq);
  scheduleStart(deps, room);
  broadcastPlayback(deps, room, { levels: ['timeline', 'hold'] });
  trackStalls(deps, room);
  save(deps, room);
}

/** Under `wait`, begins a hold for a member that has stalled for {@link STALL_MS} (HOLD-10). */
function trackStalls(deps: Deps, room: Room): void {
  const { stalls, members, state } = room;
  for (const [member, cancel] of stalls) {
    if (isStalling(room, member)) continue;
    cancel();
    stalls.delete(member);
  }
  for (const member of members.values()) {
    if (stalls.has(member) || !isStalling(room, member)) continue;
    const startsInMs = Math.max(0, (state.timeline?.atServerMs ?? 0) - deps.nowMs());
    stalls.set(
      member,
      deps.setTimer(() => beginStallHold(deps, room), startsInMs + STALL_MS),
    );
  }
}

function isStalling({ state, hold, members }: Room, member: Member): boolean {
  if (state.waitPolicy !== 'wait' || !state.timeline?.playing || hold) return false;
  if (members.get(member.peer.userId) !== member) return false;
  return isStalled(member.report.state) && isAwaited(member, 'stall');
}

function beginStallHold(deps: Deps, room: Room): void {
  room.state.seq += 1;
  beginHold(deps, room, 'stall');
  trackStalls(deps, room);
  broadcastPlayback(deps, room);
  save(deps, room);
}

/** Tells plain v1 members to play when the start comes: v1 knows no future start (HOLD-4). */
function scheduleStart(deps: Deps, room: Room): void {
  cancelStart(room);
  const { timeline } = room.state;
  if (!timeline) return;
  const start = () => {
    room.cancelStart = null;
    broadcastPlayback(deps, room, { levels: ['plain'] });
  };
  room.cancelStart = deps.setTimer(start, Math.max(0, timeline.atServerMs - deps.nowMs()));
}

function cancelStart(room: Room): void {
  room.cancelStart?.();
  room.cancelStart = null;
}
