import type { Hold } from '../../protocol/index.ts';
import { COMING_HOLD_MS, held, HOLD_MS, isAble, isStalled, opened, startAtMs } from '../../sync/hold.ts';
import { save, type Deps, type Member, type Room, type RoomHold } from './room.ts';
import { cancelStart, startLater } from './start.ts';
import { tellPlayback } from './watch-telling.ts';

/** A stall shorter than this is made up for, and nobody notices. */
const STALL_MS = 700;
/** Most holds are over before it is worth telling for whom they still stand (HOLD-6). */
const TELL_EVERY_MS = 1000;

type Reason = Hold['reason'];

/** Whom a hold of this kind waits for: who can say that it is ready, and will. */
export function isAwaited({ session, caps, report, excused }: Member, reason: Reason): boolean {
  if (!session || !caps.has('hold')) return false;
  if (reason === 'start') return isAble(report.state) || report.state === 'coming';
  return isStalled(report.state) ? !excused : isAble(report.state);
}

export function awaited(room: Room, reason: Reason): Member[] {
  return [...room.members.values()].filter((member) => isAwaited(member, reason));
}

/** Holds the timeline as it is until all are ready; the caller tells it. */
export function beginHold(deps: Deps, room: Room, reason: Reason): void {
  const { state } = room;
  if (!state.timeline) return;
  endHold(room);
  const { atServerMs } = state.timeline;
  const nowMs = deps.nowMs();
  const overdue = () => open(deps, room, { excuse: reason === 'stall' });
  state.timeline = held(state.timeline, reason === 'stall' ? nowMs : atServerMs, state.seq);
  room.hold = {
    reason,
    waitingFor: new Set(awaited(room, reason).map(({ peer }) => peer.userId)),
    sinceSeq: state.seq,
    begunAtMs: nowMs,
    untilMs: nowMs + HOLD_MS[reason],
    toldAtMs: nowMs,
    cancelUntil: deps.setTimer(overdue, HOLD_MS[reason]),
    cancelTelling: null,
  };
}

/** Forgets a hold, and a start to come: the timeline they were for is no more. */
export function endHold(room: Room): void {
  room.hold?.cancelUntil();
  room.hold?.cancelTelling?.();
  room.hold = null;
  cancelStart(room);
}

/** The member's player stands where the timeline of that `seq` begins (HOLD-3). */
export function becomeReady(deps: Deps, room: Room, member: Member, seq: number): void {
  const { hold } = room;
  if (!hold || seq < hold.sinceSeq || seq > room.state.seq) return;
  if (hold.waitingFor.delete(member.peer.userId)) shrunk(deps, room);
}

/** Starts the film although not everybody is ready; false when nothing was held (HOLD-9). */
export function goOn(deps: Deps, room: Room): boolean {
  if (!room.hold) return false;
  open(deps, room, { excuse: true });
  return true;
}

/** After anything about members, policy or timeline has changed: nobody is waited for who cannot be, and stalls count. */
export function review(deps: Deps, room: Room): void {
  const { hold, members } = room;
  if (hold?.reason === 'stall' && room.state.waitPolicy === 'go_on') {
    open(deps, room, { excuse: false });
    return;
  }
  if (hold) {
    const before = hold.waitingFor.size;
    for (const userId of hold.waitingFor) {
      const member = members.get(userId);
      if (!member || !isAwaited(member, hold.reason)) hold.waitingFor.delete(userId);
    }
    waitForComing(deps, room, hold);
    if (hold.waitingFor.size < before) shrunk(deps, room);
  }
  watchStalls(deps, room);
}

/** A start waits longer when somebody is on the way to the film (HOLD-13). */
function waitForComing(deps: Deps, room: Room, hold: RoomHold): void {
  const untilMs = hold.begunAtMs + COMING_HOLD_MS;
  const coming = [...hold.waitingFor].some((userId) => room.members.get(userId)?.report.state === 'coming');
  if (hold.reason !== 'start' || !coming || hold.untilMs >= untilMs) return;
  hold.cancelUntil();
  hold.untilMs = untilMs;
  hold.cancelUntil = deps.setTimer(() => open(deps, room, { excuse: false }), untilMs - deps.nowMs());
  tellSoon(deps, room, hold);
}

function shrunk(deps: Deps, room: Room): void {
  const { hold } = room;
  if (!hold) return;
  if (hold.waitingFor.size === 0) {
    open(deps, room, { excuse: false });
    return;
  }
  tellSoon(deps, room, hold);
}

function tellSoon(deps: Deps, room: Room, hold: RoomHold): void {
  const telling = () => {
    hold.cancelTelling = null;
    hold.toldAtMs = deps.nowMs();
    tellPlayback(deps, room, { ears: ['hold'] });
  };
  const dueMs = Math.max(0, hold.toldAtMs + TELL_EVERY_MS - deps.nowMs());
  hold.cancelTelling ??= deps.setTimer(telling, dueMs);
}

/** Who was waited for in vain more than once within so long is excused for so many times as long (HOLD-14). */
const IN_VAIN_WITHIN_MS = 600_000;
const EXCUSED_TIMES = 10;

function excuseWaitedFor(deps: Deps, { members }: Room, { waitingFor, begunAtMs }: RoomHold): void {
  const nowMs = deps.nowMs();
  for (const userId of waitingFor) {
    const member = members.get(userId);
    if (!member) continue;
    const again = nowMs - member.inVainAtMs < IN_VAIN_WITHIN_MS;
    member.excused = true;
    member.excusedUntilMs = again ? nowMs + EXCUSED_TIMES * (nowMs - begunAtMs) : nowMs;
    member.inVainAtMs = nowMs;
  }
}

/** Gives the film its moment to start; plain v1 members are told when it is there (HOLD-4). */
function open(deps: Deps, room: Room, { excuse }: { excuse: boolean }): void {
  const { hold, state } = room;
  if (!hold || !state.timeline) return;
  if (excuse) excuseWaitedFor(deps, room, hold);
  endHold(room);
  const rttsMs = awaited(room, 'start').map(({ report }) => report.rttMs);
  state.seq += 1;
  state.timeline = opened(state.timeline, startAtMs(deps.nowMs(), rttsMs), state.seq);
  startLater(deps, room);
  tellPlayback(deps, room, { ears: ['timeline', 'hold'] });
  watchStalls(deps, room);
  save(deps, room);
}

/** Under `wait`: who stalls while the film runs has {@link STALL_MS} before all wait for it (HOLD-10). */
function watchStalls(deps: Deps, room: Room): void {
  const { stalls, members, state } = room;
  for (const [member, cancel] of stalls) {
    if (holdsUp(room, member)) continue;
    cancel();
    stalls.delete(member);
  }
  for (const member of members.values()) {
    if (stalls.has(member) || !holdsUp(room, member)) continue;
    const startsInMs = Math.max(0, (state.timeline?.atServerMs ?? 0) - deps.nowMs());
    stalls.set(
      member,
      deps.setTimer(() => stall(deps, room), startsInMs + STALL_MS),
    );
  }
}

function holdsUp({ state, hold, members }: Room, member: Member): boolean {
  if (state.waitPolicy !== 'wait' || !state.timeline?.playing || hold) return false;
  if (members.get(member.peer.userId) !== member) return false;
  return isStalled(member.report.state) && isAwaited(member, 'stall');
}

function stall(deps: Deps, room: Room): void {
  room.state.seq += 1;
  beginHold(deps, room, 'stall');
  watchStalls(deps, room);
  tellPlayback(deps, room);
  save(deps, room);
}
