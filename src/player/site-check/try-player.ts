import type { TryFacts } from '../../messaging/site-check.ts';
import type { PlayerAdapter } from '../adapter.ts';
import { filmOf, type ExamineEdges } from './examine.ts';

const OBEYS_WITHIN_MS = 2500;
const LOOK_MS = 50;
const JUMP_SEC = 5;
/** A jump that lands within this of its aim was obeyed, beside what the site's jumps miss by. */
const LANDS_WITHIN_SEC = 1.5;
const FASTER = 1.25;

/** Does to the film what a party does, each once, and puts all back. The person asked for it. */
export async function tryPlayer(edges: ExamineEdges): Promise<TryFacts> {
  const found = filmOf(edges);
  if (!found || found.adapter.read().interruption) return { playing: null, seek: null, rate: null };
  const { adapter } = found;
  try {
    const obeyed = (wanted: () => boolean) => waitFor(wanted, edges);
    return {
      playing: await tryPlaying(adapter, obeyed),
      seek: await trySeek(adapter, obeyed, edges),
      rate: adapter.can.rate ? await tryRate(adapter, obeyed) : null,
    };
  } finally {
    adapter.release();
  }
}

type Obeyed = (wanted: () => boolean) => Promise<boolean>;

async function tryPlaying(adapter: PlayerAdapter, obeyed: Obeyed): Promise<boolean> {
  const wasPaused = adapter.read().paused;
  const set = (paused: boolean) => {
    if (paused) adapter.pause();
    // A browser that refuses is told by the film that stands.
    else void adapter.play().catch(() => undefined);
  };
  set(!wasPaused);
  const turned = await obeyed(() => adapter.read().paused !== wasPaused);
  set(wasPaused);
  return (await obeyed(() => adapter.read().paused === wasPaused)) && turned;
}

async function trySeek(adapter: PlayerAdapter, obeyed: Obeyed, { pass }: ExamineEdges): Promise<boolean> {
  const { positionSec, durationSec } = adapter.read();
  const forth = durationSec === null || positionSec + 2 * JUMP_SEC < durationSec;
  const toSec = Math.max(0, positionSec + (forth ? JUMP_SEC : -JUMP_SEC));
  const withinSec = LANDS_WITHIN_SEC + adapter.can.seekToleranceSec;
  const isAt = (sec: number) => () => {
    const now = adapter.read();
    return !now.seeking && Math.abs(now.positionSec - sec) < withinSec;
  };
  adapter.seek(toSec);
  const landed = await obeyed(isAt(toSec));
  await pass(adapter.can.seekEveryMs);
  adapter.seek(positionSec);
  await obeyed(isAt(positionSec));
  return landed;
}

async function tryRate(adapter: PlayerAdapter, obeyed: Obeyed): Promise<boolean> {
  const before = adapter.read().rate;
  adapter.setRate(FASTER, before);
  const turned = await obeyed(() => adapter.read().rate === FASTER);
  adapter.setRate(before, before);
  return turned;
}

async function waitFor(wanted: () => boolean, { window, pass }: ExamineEdges): Promise<boolean> {
  const endMs = window.performance.now() + OBEYS_WITHIN_MS;
  while (!wanted()) {
    if (window.performance.now() >= endMs) return false;
    await pass(LOOK_MS);
  }
  return true;
}
