import type { Act } from '../../protocol/index.ts';
import { isStart } from '../../sync/hold.ts';
import type { Timeline } from '../../sync/timeline.ts';
import { awaited, beginHold, endHold, review } from './hold.ts';
import type { Deps, Member, Room } from './room.ts';
import { startLater } from './start.ts';

/** What becomes of a hold, and whether there is a new one, when `actor` has replaced `before`; the caller tells it. */
export function passGate(
  deps: Deps,
  room: Room,
  actor: Member,
  { before, act }: { before: Timeline | null; act: Act | undefined },
): void {
  const { state, cancelStart, hold } = room;
  const after = state.timeline;
  if (!after) return;
  if (act === 'rate' && before && hold) {
    // Who is ready at this place is so at any rate.
    state.timeline = { ...after, held: true };
  } else {
    endHold(room);
    if (act === 'rate' && before && cancelStart) startLater(deps, room);
    else if (isStart(before, after, act) && startTogether(room, actor)) beginHold(deps, room, 'start');
  }
  review(deps, room);
}

/** A start is made together by two who can, of whom one is the actor (HOLD-1). */
function startTogether(room: Room, actor: Member): boolean {
  const able = awaited(room, 'start');
  return able.length > 1 && able.includes(actor);
}
