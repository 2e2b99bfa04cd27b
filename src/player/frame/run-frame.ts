import type { RuntimePort } from '../../messaging/runtime-port.ts';
import { after } from '../../messaging/throttle.ts';
import { bridgeClient, type BridgeClient } from '../bridge/bridge-client.ts';
import { keepBridge } from '../bridge/keep-bridge.ts';
import { duckFilm } from '../duck-film.ts';
import { watchFilm, type Film } from '../film-watch.ts';
import { findVideos } from '../find-video.ts';
import { listenInput } from '../listen-input.ts';
import type { OverlaySwitch } from '../overlay/overlay-switch.ts';
import { watchPointer } from '../overlay/pointer-watch.ts';
import { PersonInput } from '../person-input.ts';
import { adapterOf } from '../site-adapter/adapter-of.ts';
import { isNamedByAddress } from '../../sites/identify.ts';
import { bridgeOf, siteOfPage } from '../../sites/lookup.ts';
import { isLive } from '../../sites/is-live.ts';
import { pageReader } from '../../sites/page-reader.ts';
import type { SiteRule } from '../../sites/site-rule.ts';
import { isUnrecognised, siteScore } from '../site-adapter/site-videos.ts';
import { largeFrameOrigins, onFrameLoad } from './embedded-frames.ts';
import type { FoundVideo, FrameHost } from './frame-host.ts';
import { FrameRuntime } from './frame-runtime.ts';

export interface FrameParts {
  window: Window;
  document: Document;
  /** Throws where the extension was updated or removed under this page. */
  connect: () => RuntimePort;
  shadowOf: (element: Element) => ShadowRoot | null;
  overlay: OverlaySwitch;
  /** Ends everything in this frame. */
  lifetime: AbortController;
}

/** Runs the player script of one frame in a real page: its document, its events and its players. */
export function runFrame({ window, document, connect, shadowOf, overlay, lifetime }: FrameParts): void {
  const { signal } = lifetime;
  const nowMs = () => window.performance.now();
  const href = () => window.location.href;
  const input = new PersonInput();
  const rule = siteOfPage(href(), document);
  const bridge = bridgeClient(document);
  const showsLive = () => rule !== null && isLive(rule, href(), document);
  const isTop = window.top === window;

  const runtime = new FrameRuntime({
    nowMs,
    after,
    every,
    href,
    isTop,
    hidden: () => document.hidden,
    mayMakeSound: () => window.navigator.userActivation.hasBeenActive,
    connect,
    input,
    readPage: pageReader({ document, href, shadowOf, playerSays: playerSays(rule, bridge) }),
    isNamedByAddress: () => isNamedByAddress(href(), rule),
    showsLive,
    isUnrecognised: () => isUnrecognised(document, href(), findVideos(document, shadowOf), shadowOf),
    largeFrameOrigins: () => largeFrameOrigins(window, document),
    overlay,
    lifetime,
  } satisfies FrameHost);

  const found = ({ video, score }: Film): FoundVideo => ({
    element: video,
    score,
    // On a site with a bridge the element's length may be that of something else, or have ads in it.
    durationSec: () => (!rule?.bridge && Number.isFinite(video.duration) ? video.duration : null),
    adapter: (clock) => adapterOf(video, rule, href(), { document, shadowOf, bridge, ...clock }),
    onSource: (listener, taken) => {
      for (const event of ['emptied', 'loadedmetadata'] as const)
        video.addEventListener(event, () => listener(event), { signal: taken });
    },
    ducking: (taken) => {
      const ducking = duckFilm(video, window, { every }, taken);
      return (level) => ducking.to(level);
    },
  });

  listenInput(window, input, nowMs, () => runtime.send({ type: 'touched', ageMs: 0 }), signal);
  if (!isTop) watchPointer(window, document, (at) => runtime.send({ type: 'stirred', at }), signal);
  onFrameLoad(document, () => runtime.framesChanged(), signal);
  const scoring = () => siteScore(document, href(), shadowOf);
  const tell = (film: Film | null) => runtime.videoFound(film && found(film));
  watchFilm(document, { shadowOf, scoring, nowMs, tell }, signal);
  const needed = bridgeOf(rule);
  const wanted = () => runtime.drives && (rule?.bridge !== undefined || showsLive());
  if (needed) keepBridge({ bridge, wanted, send: (message) => runtime.send(message) }, signal);
  runtime.start();
}

function every(periodMs: number, run: () => void): () => void {
  const timer = setInterval(run, periodMs);
  return () => clearInterval(timer);
}

/** What the site's own player says of what is on; nothing while another frame's video takes part. */
function playerSays(rule: SiteRule | null, bridge: BridgeClient) {
  return (drives: boolean) => {
    const answer = rule?.bridge && drives ? bridge.ask({ type: 'read' }) : null;
    return answer?.type === 'reading' ? answer.reading : {};
  };
}
