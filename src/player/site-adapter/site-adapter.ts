import type { PlayerAdapter, PlayerReading } from '../adapter.ts';
import type { BridgeClient } from '../bridge/bridge-client.ts';
import { toldBy } from '../bridge/told-by.ts';
import type { BridgeAct, BridgeRequest } from '../../messaging/bridge.ts';
import { htmlAdapter } from '../html-adapter.ts';
import { FilmClock } from './film-clock.ts';
import { findInterruption } from '../../sites/interruptions.ts';
import type { SiteRule } from '../../sites/site-rule.ts';
import { stitchedTime, type SeenAds } from './stitched-time.ts';

export interface SiteEdges {
  document: Document;
  shadowOf: (element: Element) => ShadowRoot | null;
  bridge: BridgeClient;
  /** A monotonic clock, ms. */
  nowMs: () => number;
  seenAds: SeenAds;
}

/** After an order that it did not understand the player is left alone for so long. */
const FAILED_MS = 10_000;

/** A player of a site that is known: what its rule says, around the `<video>` that it uses. */
export function siteAdapter(video: HTMLVideoElement, rule: SiteRule, edges: SiteEdges): PlayerAdapter {
  const html = htmlAdapter(video);
  const done = new AbortController();
  const interruptionNow = () => findInterruption(edges.document, rule.interruptions ?? [], edges.shadowOf);
  const inAd = () => interruptionNow()?.kind === 'ad';
  const stitched = rule.stitched ? stitchedTime(video, rule, { ...edges, inAd }, done.signal) : null;
  let failedAtMs = -Infinity;

  const ask = toldBy(edges.bridge, edges.nowMs);
  const clock = new FilmClock(
    {
      nowMs: edges.nowMs,
      ask: () => {
        const told = ask();
        return 'kind' in told ? null : told;
      },
    },
    done.signal,
  );

  const read = (): PlayerReading => {
    const told = rule.bridge ? ask() : {};
    const element = html.read();
    const adBreaks = 'kind' in told ? undefined : told.adBreaks;
    const time = stitched?.read(element.paused, adBreaks);
    const reading = { ...element, ...time, interruption: interruptionNow() };
    if ('kind' in told) {
      clock.stop();
      return { ...reading, interruption: reading.interruption ?? told };
    }
    if (told.ad) reading.interruption ??= { kind: 'ad', leftSec: told.adLeftSec ?? null };
    if (edges.nowMs() - failedAtMs < FAILED_MS)
      reading.interruption ??= { kind: 'unreadable', leftSec: null };
    const onItsWay = reading.interruption !== null || reading.seeking || !reading.attached;
    const { offsetSec, settled } = onItsWay ? clock.stop(told) : clock.noted(told);
    return {
      ...reading,
      settled: settled && reading.settled,
      positionSec: Math.max(0, reading.positionSec - offsetSec),
      durationSec: told.durationSec ?? reading.durationSec,
    };
  };

  const drives = (act: BridgeAct) => rule.bridge?.drives.includes(act) === true;
  const order = (request: BridgeRequest) => {
    if (edges.bridge.ask(request)?.type !== 'done') failedAtMs = edges.nowMs();
  };

  return {
    ...html,
    can: { ...rule.can, seekEveryMs: rule.seekEveryMs ?? 0 },
    read,
    play: () => {
      if (!drives('play')) return html.play();
      order({ type: 'play' });
      return Promise.resolve();
    },
    pause: () => (drives('pause') ? order({ type: 'pause' }) : html.pause()),
    seek: (toSec) => {
      if (drives('seek')) order({ type: 'seek', toSec });
      else html.seek(stitched?.elementSec(toSec) ?? toSec);
    },
    release: () => {
      done.abort();
      html.release();
    },
  };
}
