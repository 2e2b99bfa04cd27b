import { positionAt, isPlayingAt, type ServoInput, type Timeline } from '../sync/index.ts';
import type { Wanted } from './act-judge.ts';

/** A start is made so much early at most, for what the player takes to start (src/sync/latency-compensation.ts). */
const START_EARLY_MS = 250;

/** What the timeline wants of a player whose person shifted the film by `offsetSec`, at a time on the server's clock. */
export function targetAt(timeline: Timeline, offsetSec: number, serverMs: number): ServoInput['target'] {
  return {
    playing: timeline.playing && !timeline.held,
    rate: timeline.rate,
    positionSec: Math.max(0, positionAt(timeline, serverMs) + offsetSec),
    startsInMs: timeline.atServerMs - serverMs,
  };
}

/** The same as an act is told from it: just before a start, playing and standing are both as wanted. */
export function wantedAt(timeline: Timeline, offsetSec: number, serverMs: number): Wanted {
  const { rate, positionSec } = targetAt(timeline, offsetSec, serverMs);
  const starting = !isPlayingAt(timeline, serverMs) && isPlayingAt(timeline, serverMs + START_EARLY_MS);
  return { playing: starting ? null : isPlayingAt(timeline, serverMs), rate, positionSec };
}
