import type { MemberReport } from '../../protocol/index.ts';
import { isAnotherEnd } from '../../sync/ad-end.ts';
import { review } from './hold.ts';
import { memberStates } from './messages.ts';
import type { Deps, Member, Room } from './room.ts';
import { tell } from './telling.ts';

/** Figures change all the time and only inform, so they wait for each other (STATE-3). */
const FLUSH_MS = 15_000;

/** Takes what a member says of itself: another state, or another end of an ad, is told at once, mere figures later, and a hold may turn on it. */
export function report(deps: Deps, room: Room, member: Member, said: MemberReport): void {
  const stateChanged = member.report.state !== said.state;
  const adChanged = isAnotherEnd(member.report.adEndsAtMs, said.adEndsAtMs);
  const figuresChanged =
    member.report.driftMs !== said.driftMs ||
    member.report.boundMs !== said.boundMs ||
    member.report.rttMs !== said.rttMs;
  member.report = said;
  if (said.state === 'ready') member.excused = false;
  if (stateChanged || adChanged) {
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
  tell(room, { cap: 'member_state', capped: () => memberStates(room, [member]), except: member });
}

function flush(room: Room): void {
  room.cancelFlush = null;
  if (room.unreported.size === 0) return;
  const changed = [...room.unreported];
  room.unreported.clear();
  tell(room, { cap: 'member_state', capped: () => memberStates(room, changed) });
}
