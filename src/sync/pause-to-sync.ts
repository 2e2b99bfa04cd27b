/**
 * Where the rate cannot slow a player down, a player that is a little ahead pauses until the room is there. A pause and a
 * start are exact, while the duration of a seek is mostly chance. So each seek and start aims ahead of the timeline.
 * Positions in seconds of content time.
 */
import type { Backoff } from './backoff.ts';

interface Capabilities {
  /** The rate can be corrected. */
  rate: boolean;
  /** After a pause, it goes on elsewhere. */
  losesPlace?: boolean;
}

/** A longer pause looks like a video that hangs, and a seek takes less. */
export const MAX_PAUSE_SEC = 1;
/** About how much two starts differ. */
const START_AHEAD_SEC = 0.03;
/** Each seek that did not help makes the next one aim further ahead. */
const SEEK_AHEAD_SEC = { first: 0.1, most: 0.8 };

export function canPauseToSync({ rate, losesPlace }: Capabilities): boolean {
  return !rate && !losesPlace;
}

export function seekAheadSec(can: Capabilities, { attempts }: Backoff): number {
  return canPauseToSync(can) ? Math.min(SEEK_AHEAD_SEC.most, SEEK_AHEAD_SEC.first * 2 ** attempts) : 0;
}

export function startAheadSec(can: Capabilities): number {
  return canPauseToSync(can) ? START_AHEAD_SEC : 0;
}
