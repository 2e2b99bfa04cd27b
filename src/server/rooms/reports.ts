import type { MemberReport } from '../../protocol/index.ts';
import { isAnotherEnd } from '../../sync/ad-end.ts';
import { review } from './hold.ts';
import { memberStates } from './messages.ts';
import type { Deps, Member, Room } from './room.ts';
import { tell } from './telling.ts';

/** Figures change all the time and only inform, so they wait for each other (STATE-3). */
const FLUSH_MS = 15_000;

/** Whether the others are told of it at once: another state, or another end of an ad (STATE-2, STATE-4). */
export function isNewReport(before: MemberReport, said: MemberReport): boolean {
  return before.state !== said.state || isAnotherEnd(before.adEndsAtMs, said.adEndsAtMs);
}

/** Stores a member's report, broadcasts what is new of it, and re-evaluates the hold. */
export function report(deps: Deps, room: Room, member: Member, said: MemberReport): void {
  const isNew = isNewReport(member.report, said);
  const figuresChanged =
    member.report.driftMs !== said.driftMs ||
    member.report.boundMs !== said.boundMs ||
    member.report.rttMs !== said.rttMs;
  member.report = said;
  if (said.state === 'ready' && deps.nowMs() >= member.excusedUntilMs) member.excused = false;
  if (isNew) {
    room.unreported.delete(member);
    tellState(room, member);
  } else if (figuresChanged) {
    room.unreported.add(member);
    room.cancelFlush ??= deps.setTimer(() => flush(room), FLUSH_MS);
  }
  review(deps, room);
}

/** Tells the others one member's state now. */
export function tellState(room: Room, member: Member): void {
  const replaces = `state ${room.id} ${member.peer.userId}`;
  tell(room, { cap: 'member_state', capped: () => memberStates(room, [member]), except: member, replaces });
}

function flush(room: Room): void {
  room.cancelFlush = null;
  if (room.unreported.size === 0) return;
  const changed = [...room.unreported];
  room.unreported.clear();
  tell(room, {
    cap: 'member_state',
    capped: () => memberStates(room, changed),
    replaces: `figures ${room.id}`,
  });
}
