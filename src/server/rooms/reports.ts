import type { MemberReport } from '../../protocol/index.ts';
import { adEndChanged } from '../../sync/ends.ts';
import { broadcast } from './broadcast.ts';
import { memberStates } from './messages.ts';
import type { Deps, Member, Room } from './room.ts';
import { reevaluate } from './start-barrier.ts';

/** Figures only inform and change all the time, so they are sent in batches (STATE-3). */
const FLUSH_MS = 15_000;

/** Whether a report is broadcast at once: another state, or another end of an ad (STATE-2, STATE-4). */
export function isNewReport(before: MemberReport, report: MemberReport): boolean {
  return before.state !== report.state || adEndChanged(before.adEndsAtMs, report.adEndsAtMs);
}

/** Stores a member's report, broadcasts a new state at once and figures in batches, and re-evaluates the hold. */
export function storeReport(deps: Deps, room: Room, member: Member, report: MemberReport): void {
  const isNew = isNewReport(member.report, report);
  const figuresChanged =
    member.report.driftMs !== report.driftMs ||
    member.report.boundMs !== report.boundMs ||
    member.report.rttMs !== report.rttMs;
  member.report = report;
  if (report.state === 'ready' && deps.nowMs() >= member.excusedUntilMs) member.excused = false;
  if (isNew) {
    room.pendingReports.delete(member);
    broadcastState(room, member);
  } else if (figuresChanged) {
    room.pendingReports.add(member);
    room.cancelFlush ??= deps.setTimer(() => flushFigures(room), FLUSH_MS);
  }
  reevaluate(deps, room);
}

/** Sends one member's state to the others at once. */
export function broadcastState(room: Room, member: Member): void {
  const replaces = `state ${room.id} ${member.peer.userId}`;
  broadcast(room, {
    cap: 'member_state',
    capped: () => memberStates(room, [member]),
    except: member,
    replaces,
  });
}

function flushFigures(room: Room): void {
  room.cancelFlush = null;
  if (room.pendingReports.size === 0) return;
  const changed = [...room.pendingReports];
  room.pendingReports.clear();
  broadcast(room, {
    cap: 'member_state',
    capped: () => memberStates(room, changed),
    replaces: `figures ${room.id}`,
  });
}
