import { z } from 'zod';
import { field, type Intent as PlayerIntent } from '../protocol/index.ts';

/**
 * What a room plays: the video is at `positionSec` at server time `atServerMs` and, while `playing`, runs on from there at
 * `rate`. `atServerMs` may lie ahead; until then the video stays at `positionSec`. `held` marks a start whose moment is not
 * known yet: the users want it to play, and it waits until all are ready (docs/protocol.md, HOLD). Every change makes a new
 * timeline with the next `seq`.
 */
export const timeline = z.object({
  contentId: field.contentId.nullable(),
  playing: z.boolean(),
  rate: field.rate,
  positionSec: field.positionSec,
  atServerMs: z.number(),
  seq: field.seq,
  held: z.literal(true).optional(),
});
export type Timeline = z.infer<typeof timeline>;

/** A user's act on a room: on what content, and the timeline that the user saw; absent from a plain v1 client. */
export interface RoomIntent extends PlayerIntent {
  contentId: string | null;
  baseSeq?: number;
}

/** True if the video moves at `serverMs`. */
export function isPlayingAt(motion: Timeline, serverMs: number): boolean {
  return motion.playing && !motion.held && serverMs >= motion.atServerMs;
}

/** Position in seconds at `serverMs`. */
export function positionAt(motion: Timeline, serverMs: number): number {
  if (!isPlayingAt(motion, serverMs)) return motion.positionSec;
  return motion.positionSec + (motion.rate * (serverMs - motion.atServerMs)) / 1000;
}

/** The same motion with `atServerMs` as its reference. A start that lies ahead keeps its moment. */
export function rebaseTo(motion: Timeline, atServerMs: number): Timeline {
  if (motion.playing && atServerMs < motion.atServerMs) return motion;
  return { ...motion, positionSec: positionAt(motion, atServerMs), atServerMs };
}

/**
 * The timeline after `intent`, or `null` if the intent was made on content that the room has left. Two acts made at the
 * same moment both count where they can: the one that arrives later changes only the field that its act names.
 */
export function applyIntent(current: Timeline | null, intent: RoomIntent, seq: number): Timeline | null {
  const { contentId, playing, rate, positionSec, atServerMs, act, baseSeq } = intent;
  const whole: Timeline = { contentId, playing, rate, positionSec, atServerMs, seq };
  if (!current || act === undefined || baseSeq === undefined || baseSeq >= current.seq) return whole;
  if (contentId !== current.contentId) return null;
  const { held: _, ...rebased } = rebaseTo(current, atServerMs);
  const moved = { ...rebased, seq };
  switch (act) {
    case 'play':
      return { ...moved, playing: true };
    case 'pause':
      return { ...moved, playing: false };
    case 'seek':
      return { ...moved, positionSec };
    case 'rate':
      return { ...moved, rate };
  }
}
