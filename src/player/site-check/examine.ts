import type { BridgeAnswer } from '../../messaging/bridge.ts';
import type { FrameFacts } from '../../messaging/site-check.ts';
import type { PlayerAdapter } from '../adapter.ts';
import { bridgeClient, type BridgeClient } from '../bridge/bridge-client.ts';
import { chooseFilm, findVideos } from '../find-video.ts';
import { findDeep } from '../../sites/find-deep.ts';
import { bridgeOf, siteOfPage, sitePage } from '../../sites/lookup.ts';
import { pageReader } from '../../sites/page-reader.ts';
import { adapterOf } from '../site-adapter/adapter-of.ts';
import { isLive } from '../../sites/is-live.ts';
import type { SiteRule } from '../../sites/site-rule.ts';
import { isUnrecognised, siteScore } from '../site-adapter/site-videos.ts';

export interface ExamineEdges {
  window: Window;
  document: Document;
  shadowOf: (element: Element) => ShadowRoot | null;
  pass: (ms: number) => Promise<void>;
}

/** A clock that moves in steps of a quarter of a second is seen to move in so long. */
const WATCH_CLOCK_MS = 1000;
const PLAYER_COMES_MS = 3000;
const LOOK_AGAIN_MS = 100;

/** The film of a frame as the player script would find and drive it; `null` where there is none. */
export function filmOf(frame: ExamineEdges): { video: HTMLVideoElement; adapter: PlayerAdapter } | null {
  const { window, document, shadowOf } = frame;
  const { href } = window.location;
  const score = siteScore(document, href, shadowOf);
  const video = chooseFilm(findVideos(document, shadowOf), null, score)?.video;
  if (!video) return null;
  const rule = siteOfPage(href, document);
  const nowMs = () => window.performance.now();
  const bridge = bridgeClient(document);
  // A stream's moments are counted on some clock; here nobody else's has to agree.
  const serverNowMs = () => Date.now();
  const seenAds = { read: () => [], write: () => undefined };
  const edges = { document, shadowOf, bridge, nowMs, serverNowMs, seenAds };
  return { video, adapter: adapterOf(video, rule, href, edges) };
}

/** What there is in a frame. Nothing is touched: it only looks, for a second. */
export async function examine(edges: ExamineEdges): Promise<FrameFacts> {
  const { window, document, shadowOf } = edges;
  const { href, hostname } = window.location;
  const rule = siteOfPage(href, document);
  const live = rule !== null && isLive(rule, href, document);
  const bridged = bridgeOf(rule) !== null && (rule?.bridge !== undefined || live);
  const answer = bridged ? await answerOf(bridgeClient(document), edges) : null;
  const videos = findVideos(document, shadowOf);
  const found = filmOf(edges);
  const film = found && (await watchFilm(found, { live, known: rule !== null }, edges));
  found?.adapter.release();
  const readPage = pageReader({
    document,
    href: () => href,
    shadowOf,
    playerSays: () => (answer?.type === 'reading' ? answer.reading : {}),
  });
  const { kind, content } = readPage({
    drives: true,
    durationSec: film?.durationSec ?? null,
    interrupted: film?.interruption?.kind === 'ad',
  });
  const all = (selector: string | undefined) =>
    selector === undefined ? [] : findDeep(document, selector, shadowOf);
  return {
    isTop: window.top === window,
    host: hostname,
    site: rule && { site: rule.site, name: rule.name },
    kind: rule ? sitePage(rule, href).kind : kind,
    contentId: content?.contentId ?? null,
    titleShown: rule?.title?.title === undefined ? null : all(rule.title.title).length > 0,
    videos: videos.length,
    named: rule && { films: all(rule.video.film).length, decoys: all(rule.video.decoys).length },
    unrecognised: !found && isUnrecognised(document, href, videos, shadowOf),
    film,
    bridge: bridged ? bridgeFacts(rule, answer) : null,
    liveKnown: rule?.live !== undefined,
    adsKnown: rule?.interruptions?.some((each) => each.kind === 'ad') === true,
    can: rule?.can ?? { rate: true, seekToleranceSec: 0 },
    fullScreen: { allowed: document.fullscreenEnabled, now: document.fullscreenElement !== null },
  };
}

async function watchFilm(
  { video, adapter }: { video: HTMLVideoElement; adapter: PlayerAdapter },
  { live, known }: { live: boolean; known: boolean },
  { window, pass }: ExamineEdges,
): Promise<FrameFacts['film']> {
  const before = adapter.read();
  const sinceMs = window.performance.now();
  await pass(WATCH_CLOCK_MS);
  const after = adapter.read();
  const { width, height } = video.getBoundingClientRect();
  return {
    widthPx: Math.round(width),
    heightPx: Math.round(height),
    durationSec: after.durationSec,
    // A known site's films may have no end in their element.
    live: live || (!known && video.duration === Infinity),
    isProtected: video.mediaKeys !== null,
    paused: after.paused,
    movedSec: after.positionSec - before.positionSec,
    overMs: window.performance.now() - sinceMs,
    interruption: after.interruption,
  };
}

/** A site's own player may come later than its page. */
async function answerOf(bridge: BridgeClient, { window, pass }: ExamineEdges): Promise<BridgeAnswer | null> {
  const endMs = window.performance.now() + PLAYER_COMES_MS;
  for (;;) {
    const answer = bridge.ask({ type: 'read' });
    const late = window.performance.now() >= endMs;
    if (late || (answer !== null && answer.type !== 'no_player')) return answer;
    await pass(LOOK_AGAIN_MS);
  }
}

function bridgeFacts(rule: SiteRule | null, answer: BridgeAnswer | null): FrameFacts['bridge'] {
  const said = answer?.type === 'done' ? 'failed' : (answer?.type ?? 'silent');
  const tells = answer?.type === 'reading' ? namesOf(answer.reading) : [];
  return { answer: said, tells, drives: [...(rule?.bridge?.drives ?? [])] };
}

function namesOf(reading: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(reading).filter((name) => reading[name] !== undefined);
}
