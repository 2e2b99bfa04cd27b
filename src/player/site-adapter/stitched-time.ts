import type { KnownBreak } from '../../messaging/ad-breaks.ts';
import type { BridgeReading } from '../../messaging/bridge.ts';
import { AdBreaks } from './ad-breaks.ts';
import { findDeep } from '../../sites/find-deep.ts';
import { ShownClock, watchShownClock } from './shown-clock.ts';
import type { SiteRule } from '../../sites/site-rule.ts';

/**
 * Where ads have been seen in this tab's stream, over a reload of its page. The stream after it may have others, so what comes
 * from there counts only as far as the clock that the site shows bears it out.
 */
export interface SeenAds {
  read: () => readonly KnownBreak[];
  write: (breaks: readonly KnownBreak[]) => void;
}

interface StitchedEdges {
  document: Document;
  shadowOf: (element: Element) => ShadowRoot | null;
  nowMs: () => number;
  /** Whether an ad is shown at this moment. */
  inAd: () => boolean;
  seenAds: SeenAds;
}

/** The film's time in a stream that has ads in it, by what the page tells of them, shows, or lets be seen. Seconds. */
export interface StitchedTime {
  /** @param adBreaks What the page's own script tells, where it does. */
  read: (paused: boolean, adBreaks: BridgeReading['adBreaks']) => { positionSec: number; settled: boolean };
  elementSec: (filmSec: number) => number;
}

export function stitchedTime(
  video: HTMLVideoElement,
  { shownClock }: SiteRule,
  { document, shadowOf, nowMs, inAd, seenAds }: StitchedEdges,
  signal: AbortSignal,
): StitchedTime {
  const breaks = new AdBreaks();
  const shown = new ShownClock();
  // Only where a clock is shown can anything tell whether the stream after a reload has the same ads.
  const remembered = shownClock === undefined ? null : seenAds;
  breaks.recall(remembered?.read() ?? []);
  let recalled = breaks.known.length > 0;
  video.addEventListener(
    'emptied',
    () => {
      breaks.forget();
      recalled = false;
      remembered?.write([]);
      // What is shown stays for a moment, and is of the stream before.
      shown.forget(nowMs());
    },
    { signal },
  );
  const noteAd = () => {
    const isAd = inAd();
    const known = breaks.known.length;
    breaks.noted(video.currentTime, isAd);
    if (breaks.known.length !== known) remembered?.write(breaks.known);
    if (isAd) shown.forget(nowMs());
  };
  // How long an ad took is as true as the moments at which its marks came and went are known.
  watchMarks(document, noteAd, signal);
  const clock =
    shownClock === undefined
      ? null
      : watchShownClock(
          () => findDeep(document, shownClock, shadowOf)[0] ?? null,
          (sec) => shown.noted(video.currentTime, sec),
          signal,
        );
  let aheadSec: number | null = null;
  return {
    read: (paused, adBreaks) => {
      if (adBreaks?.length) breaks.told(adBreaks);
      noteAd();
      clock?.look();
      const byClock = shown.at(nowMs(), paused);
      const unproved = recalled && byClock === null;
      const byMarksSec = unproved ? 0 : video.currentTime - breaks.contentSec(video.currentTime);
      // A clock of whole seconds is late by what its site takes to write it, so it only says what the marks have missed.
      const agree = byClock !== null && shown.allows(byMarksSec);
      aheadSec = byClock && !agree ? byClock.offsetSec : null;
      return {
        positionSec: Math.max(0, video.currentTime - (aheadSec ?? byMarksSec)),
        settled: agree || (byClock?.settled ?? true),
      };
    },
    elementSec: (filmSec) => (aheadSec === null ? breaks.elementSec(filmSec) : filmSec + aheadSec),
  };
}

function watchMarks(document: Document, look: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(look);
  const attributeFilter = ['class', 'style', 'hidden'];
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter });
  signal.addEventListener('abort', () => observer.disconnect());
}
