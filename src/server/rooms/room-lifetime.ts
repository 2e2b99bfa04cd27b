import { sendAccessToHost } from './host-proof.ts';
import { electHost } from './host.ts';
import { removeFromStore, save, type Room, type RoomDeps } from './room.ts';
import { endHold } from './start-barrier.ts';
import { isUnused } from './state.ts';

/** After a member has gone for good: elects a host, or ends the empty room. */
export function onMemberGone(deps: RoomDeps, room: Room): void {
  electHost(deps, room);
  sendAccessToHost(room);
  save(deps, room);
  if (room.members.size > 0) return;
  room.emptySinceMs = deps.nowMs();
  if (isUnused(room.state)) endRoom(deps, room);
  else scheduleEnd(deps, room);
}

/** Ends the room unless a member joins within its grace period. */
export function scheduleEnd(deps: RoomDeps, room: Room): void {
  room.cancelEnd?.();
  room.cancelEnd = deps.setTimer(() => endRoom(deps, room), deps.limits.roomGraceMs);
}

/** Ends an empty room. */
export function endRoom(deps: RoomDeps, room: Room): void {
  room.cancelEnd?.();
  room.cancelFlush?.();
  room.cancelRateUpdate?.();
  endHold(room);
  room.releaseCount();
  deps.drop(room);
  removeFromStore(deps, room);
}
