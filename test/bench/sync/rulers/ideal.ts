import type { ServerMessage } from '../../../../src/protocol/index.ts';
import type { Instant } from './pairs.ts';

/** The room's timeline as the server tells it, all on the server's clock. */
export interface Motion {
  playing: boolean;
  positionSec: number;
  rate: number;
  atServerMs: number;
  seq: number;
}

/** Keeps what the server told the members, each timeline once. */
export class IdealTimeline {
  readonly motions: { motion: Motion; toldAtMs: number }[] = [];

  told(message: ServerMessage, atMs: number): void {
    if (message.type !== 'watch/playback_state') return;
    const { playing, positionSec, rate = 1, hostTsMs, seq = 0 } = message.payload.state;
    const last = this.motions.at(-1)?.motion;
    if (last && seq <= last.seq) return;
    this.motions.push({ motion: { playing, positionSec, rate, atServerMs: hostTsMs, seq }, toldAtMs: atMs });
  }

  /** Where the room's film stood at that time of the host's; `null` before there was any. */
  positionSec(atMs: number, serverOffsetMs: number): number | null {
    const motion = this.motions.findLast(({ toldAtMs }) => toldAtMs <= atMs)?.motion;
    if (!motion) return null;
    if (!motion.playing) return motion.positionSec;
    return motion.positionSec + (motion.rate * (atMs + serverOffsetMs - motion.atServerMs)) / 1000;
  }
}

/** Each member ahead of the room by so much, in ms. */
export function errorsToIdeal(
  instants: readonly Instant[],
  index: number,
  idealSec: (atMs: number) => number | null,
): { atMs: number; ms: number }[] {
  return instants.flatMap(({ atMs, positionsSec }) => {
    const position = positionsSec[index];
    const ideal = idealSec(atMs);
    return position === undefined || position === null || ideal === null
      ? []
      : [{ atMs, ms: (position - ideal) * 1000 }];
  });
}
