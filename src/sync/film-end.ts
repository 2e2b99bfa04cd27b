import { positionAt, type Timeline } from './timeline.ts';

/** So near its end a film's site goes on to the next by itself: s, or as a part of it. */
const LAST_SEC = 60;
const LAST_PART = 0.03;

/** Whether a film of that length, in seconds, is at its end at `serverMs`, where its site goes on to the next by itself. */
export function isAtEnd(motion: Timeline, durationSec: number, serverMs: number): boolean {
  return durationSec - positionAt(motion, serverMs) <= Math.max(LAST_SEC, durationSec * LAST_PART);
}
