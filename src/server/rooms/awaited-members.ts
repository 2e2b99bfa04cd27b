import type { Hold } from '../../protocol/index.ts';
import { canGetReady, isStalled } from '../../sync/start-barrier.ts';
import type { Deps, Member, Room, RoomHold } from './room.ts';

export type HoldReason = Hold['reason'];

/** Whether a hold of this kind waits for the member: it can report readiness, and is expected to. */
export function isAwaited({ connection, caps, report, excused }: Member, reason: HoldReason): boolean {
  if (!connection || !caps.has('hold')) return false;
  if (reason === 'start') return canGetReady(report.state) || report.state === 'coming';
  return isStalled(report.state) ? !excused : canGetReady(report.state);
}

export function awaitedMembers(room: Room, reason: HoldReason): Member[] {
  return [...room.members.values()].filter((member) => isAwaited(member, reason));
}

/** A member excused twice within this time stays excused for so many times as long as it was awaited (HOLD-14). */
const EXCUSED_AGAIN_WITHIN_MS = 600_000;
const EXCUSED_TIMES = 10;

export function excuseAwaited(deps: Deps, { members }: Room, { waitingFor, startedAtMs }: RoomHold): void {
  const nowMs = deps.nowMs();
  for (const userId of waitingFor) {
    const member = members.get(userId);
    if (!member) continue;
    const again = nowMs - member.lastExcusedAtMs < EXCUSED_AGAIN_WITHIN_MS;
    member.excused = true;
    member.excusedUntilMs = again ? nowMs + EXCUSED_TIMES * (nowMs - startedAtMs) : nowMs;
    member.lastExcusedAtMs = nowMs;
  }
}
