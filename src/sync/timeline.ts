import { z } from 'zod';
import { field, type Intent as PlayerIntent } from '../protocol/index.ts';

/**
 * What a room plays: at server time `atServerMs` the film stood at `positionSec`, and runs on from there at `rate`
 * while `playing`; before that moment, which may be one to come, it stands there. `held` is a start whose moment is not
 * known yet: the persons want it to play, and the film stands until all are ready (docs/protocol.md, HOLD).
 * Every change makes a new one with the next `seq`.
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

/** Whether the film moves at `serverMs`. */
export function runsAt(motion: Timeline, serverMs: number): boolean {
  return motion.playing && !motion.held && serverMs >= motion.atServerMs;
}

/** Position in seconds at `serverMs`. */
export function positionAt(motion: Timeline, serverMs: number): number {
  if (!runsAt(motion, serverMs)) return motion.positionSec;
  return motion.positionSec + (motion.rate * (serverMs - motion.atServerMs)) / 1000;
}

/** The same motion, anchored at `atServerMs` instead; a start to come keeps its moment. */
export function anchoredAt(motion: Timeline, atServerMs: number): Timeline {
  if (motion.playing && atServerMs < motion.atServerMs) return motion;
  return { ...motion, positionSec: positionAt(motion, atServerMs), atServerMs };
}

/**
 * The timeline after `intent`, or `null` when the intent came too late to mean anything: it was made on content the
 * room has left. Two acts made at the same moment both count where they can: the later one to arrive changes only what
 * its person touched.
 */
export function applyIntent(current: Timeline | null, intent: RoomIntent, seq: number): Timeline | null {
  const { contentId, playing, rate, positionSec, atServerMs, act, baseSeq } = intent;
  const whole: Timeline = { contentId, playing, rate, positionSec, atServerMs, seq };
  if (!current || act === undefined || baseSeq === undefined || baseSeq >= current.seq) return whole;
  if (contentId !== current.contentId) return null;
  const { held: _, ...anchored } = anchoredAt(current, atServerMs);
  const moved = { ...anchored, seq };
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
