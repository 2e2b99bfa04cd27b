import type { Deps, Room } from './room.ts';
import { tellPlayback } from './watch-telling.ts';

/** Plain v1 knows no start to come: it is told to play when the moment is there (HOLD-4). */
export function startLater(deps: Deps, room: Room): void {
  cancelStart(room);
  const { timeline } = room.state;
  if (!timeline) return;
  const start = () => {
    room.cancelStart = null;
    tellPlayback(deps, room, { ears: ['plain'] });
  };
  room.cancelStart = deps.setTimer(start, Math.max(0, timeline.atServerMs - deps.nowMs()));
}

export function cancelStart(room: Room): void {
  room.cancelStart?.();
  room.cancelStart = null;
}
