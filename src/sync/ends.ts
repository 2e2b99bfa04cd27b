import { positionAt, type Timeline } from './timeline.ts';

/** Sites go on to the next video by themselves this close to the end: in seconds, or as a part of the length. */
const LAST_SEC = 60;
const LAST_PART = 0.03;
/** Sites count the rest of an ad in whole seconds. */
const SAME_AD_END_MS = 2000;

/** True if a video of that length, in seconds, is so near its end at `serverMs` that its site may go on to the next. */
export function isNearEnd(motion: Timeline, durationSec: number, serverMs: number): boolean {
  return durationSec - positionAt(motion, serverMs) <= Math.max(LAST_SEC, durationSec * LAST_PART);
}

/** True if the end of an ad became known or moved. Both times in ms of one clock, or unknown. */
export function adEndChanged(beforeMs: number | undefined, nowMs: number | undefined): boolean {
  if (beforeMs === undefined || nowMs === undefined) return nowMs !== undefined;
  return Math.abs(nowMs - beforeMs) > SAME_AD_END_MS;
}
