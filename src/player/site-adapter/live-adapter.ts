import type { Interruption } from '../../messaging/player-port.ts';
import type { PlayerAdapter, PlayerReading } from '../adapter.ts';
import { toldBy } from '../bridge/told-by.ts';
import { htmlAdapter } from '../html-adapter.ts';
import { findInterruption } from '../../sites/interruptions.ts';
import { LiveClock } from './live-clock.ts';
import type { SiteEdges } from './site-adapter.ts';
import type { LiveRule, SiteRule } from '../../sites/site-rule.ts';

export interface LiveEdges extends SiteEdges {
  /** The server's clock, ms; `null` while unknown. */
  serverNowMs: () => number | null;
}

/** So close to the end of what there is a stream runs dry. */
const EDGE_SEC = 0.5;
/** Where only the rate can go back, nothing is sought for less; and the rate may be far off meanwhile (src/sync/rate-control.ts). */
const FORWARD_ONLY_SEC = 0.5;

/**
 * A live stream: its position is the moment that it shows, by the server's clock (live-clock.ts). So members whom the
 * timeline holds together are equally far behind, and a room that stands for a while is so much further behind after.
 */
export function liveAdapter(
  video: HTMLVideoElement,
  rule: SiteRule,
  live: LiveRule,
  edges: LiveEdges,
): PlayerAdapter {
  const html = htmlAdapter(video);
  const clock = new LiveClock(live.latency);
  const told = toldBy(edges.bridge, edges.nowMs);
  const done = new AbortController();
  let behindSec: number | null = null;
  video.addEventListener('emptied', () => clock.forget(), { signal: done.signal });

  const latencySec = (): number | Interruption | null => {
    if (!rule.bridge && !live.bridge) return endSec(video.seekable) - video.currentTime;
    const says = told();
    if ('kind' in says) return says;
    // A figure that is gone from the site's player has no other to take its place.
    return says.latencySec ?? (live.latency === 'steps' ? endSec(video.seekable) - video.currentTime : null);
  };

  /** Where in the stream this player can go, on its own clock. */
  const reach = (): { fromSec: number; toSec: number } => {
    const ranges = live.past ? video.seekable : video.buffered;
    for (let i = 0; i < ranges.length; i += 1) {
      const [fromSec, toSec] = [ranges.start(i), ranges.end(i)];
      if (fromSec <= video.currentTime && video.currentTime <= toSec)
        return { fromSec, toSec: toSec - EDGE_SEC };
    }
    return { fromSec: video.currentTime, toSec: video.currentTime };
  };

  const read = (): PlayerReading => {
    const reading = {
      ...html.read(),
      durationSec: null,
      interruption: findInterruption(edges.document, rule.interruptions ?? [], edges.shadowOf),
    };
    const serverMs = edges.serverNowMs();
    const latency = latencySec();
    if (latency !== null && typeof latency === 'object')
      return { ...reading, interruption: reading.interruption ?? latency };
    if (serverMs === null) return { ...reading, settled: false };
    const serverSec = serverMs / 1000;
    const elementSec = reading.positionSec;
    const shows = !reading.seeking && reading.ready && !reading.interruption;
    const runs = shows && !reading.paused;
    // What stands may have stopped asking for news of its stream, but before it first runs there is nothing else to go by.
    if (latency !== null && (runs || (shows && clock.shiftSec === null)))
      clock.noted({ elementSec, behindSec: latency, serverSec });
    const { shiftSec } = clock;
    if (shiftSec === null) return { ...reading, settled: false };
    const positionSec = elementSec + shiftSec;
    if (runs) behindSec = serverSec - positionSec;
    const earliestSec = reach().fromSec + shiftSec;
    const resumesAtSec = live.past
      ? Math.max(positionSec, earliestSec)
      : behindSec !== null
        ? serverSec - behindSec
        : undefined;
    return { ...reading, positionSec, ...(resumesAtSec !== undefined && { resumesAtSec }) };
  };

  return {
    ...html,
    get can() {
      // What stands here goes on elsewhere anyway.
      const forwardOnlySec = video.paused ? Infinity : FORWARD_ONLY_SEC;
      return {
        rate: rule.can.rate,
        seekToleranceSec: live.past ? rule.can.seekToleranceSec : forwardOnlySec,
        seekEveryMs: rule.seekEveryMs ?? 0,
        losesPlace: !live.past,
      };
    },
    read,
    seek: (toSec) => {
      const { shiftSec } = clock;
      if (shiftSec === null) return;
      const { fromSec, toSec: lastSec } = reach();
      html.seek(Math.max(fromSec, Math.min(lastSec, toSec - shiftSec)));
    },
    release: () => {
      done.abort();
      html.release();
    },
  };
}

function endSec(ranges: TimeRanges): number {
  return ranges.length === 0 ? 0 : ranges.end(ranges.length - 1);
}
