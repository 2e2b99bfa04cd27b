import { positionAt, type Timeline } from '../../../src/sync/index.ts';
import type { Truth } from '../sites/fixture.ts';
import { until } from '../until.ts';

type Moment = Pick<Truth, 'positionSec' | 'paused' | 'atMs'> & { inAd?: boolean };
const LOOKS = 10;
const LOOK_EVERY_MS = 100;
/** Where only the speed brings a film nearer, a tenth of a second takes up to ten. */
const SETTLE_WITHIN_MS = 30_000;

/** How far a film is ahead of its room, ms, at the moment at which it was looked at. */
export function aheadMs(timeline: Timeline, { positionSec, atMs }: Moment): number {
  return (positionSec - positionAt(timeline, atMs)) * 1000;
}

/**
 * Waits until a film plays or stands as its room does, and has been so near it for a second.
 * Resolves with how near it was, ms.
 */
export async function inStep(
  watched: { look: () => Promise<Moment>; timeline: () => Timeline | null; says: () => string },
  withinMs: number,
): Promise<number> {
  let looks: number[] = [];
  let furthestMs = Infinity;
  await until(
    async () => {
      const now = await watched.look();
      const timeline = watched.timeline();
      const asTold =
        timeline !== null && !timeline.held && now.paused !== timeline.playing && now.inAd !== true;
      looks = asTold ? [...looks, Math.abs(aheadMs(timeline, now))].slice(-LOOKS) : [];
      if (looks.length < LOOKS) return `${JSON.stringify(now)}, told ${watched.says()}`;
      furthestMs = Math.max(...looks);
      return furthestMs <= withinMs ? null : `${looks.map(Math.round).join()} ms, told ${watched.says()}`;
    },
    { timeoutMs: SETTLE_WITHIN_MS, everyMs: LOOK_EVERY_MS },
  );
  return Math.round(furthestMs * 10) / 10;
}
