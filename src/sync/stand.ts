/**
 * Where no rate can slow a player, one that is a little ahead stands and waits for the room: a stop and a start are exact,
 * and how long a jump takes is mostly chance. So whatever brings such a player to the timeline is aimed ahead of it.
 * Positions in seconds of content time.
 */
import type { Tries } from './tries.ts';

interface Allowed {
  /** The speed can be corrected. */
  rate: boolean;
  /** Stopped, it goes on elsewhere. */
  losesPlace?: boolean;
}

/** To stand for longer is seen as a film that hangs; a jump takes less than that. */
export const STAND_AT_MOST_SEC = 1;
/** About what starts differ by from one to the next. */
const START_AHEAD_SEC = 0.03;
/** Each jump that did not help is aimed further than the one before. */
const JUMP_AHEAD_SEC = { first: 0.1, most: 0.8 };

export function canStand({ rate, losesPlace }: Allowed): boolean {
  return !rate && !losesPlace;
}

export function jumpAheadSec(can: Allowed, { inARow }: Tries): number {
  return canStand(can) ? Math.min(JUMP_AHEAD_SEC.most, JUMP_AHEAD_SEC.first * 2 ** inARow) : 0;
}

export function startAheadSec(can: Allowed): number {
  return canStand(can) ? START_AHEAD_SEC : 0;
}
