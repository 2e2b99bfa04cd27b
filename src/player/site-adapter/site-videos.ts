import { filmScore, MIN_AREA_PX } from '../find-video.ts';
import { findDeep } from '../../sites/find-deep.ts';
import { sitePage, siteOfPage } from '../../sites/lookup.ts';
import { isLive } from '../../sites/is-live.ts';
import type { SiteRule, VideoRule } from '../../sites/site-rule.ts';

type ShadowOf = (element: Element) => ShadowRoot | null;
type Score = (video: HTMLVideoElement) => number;

/**
 * How each video of a page counts, by what is known of its site. What the site's rule does not name is never the film:
 * a trailer that is driven is worse than a film that is not.
 */
export function siteScore(document: Document, href: string, shadowOf: ShadowOf): Score {
  const rule = siteOfPage(href, document);
  if (!rule) return filmScore;
  if (!isToBeWatched(rule, href, document)) return () => 0;
  const films = new Set(findDeep(document, rule.video.film, shadowOf));
  const decoys = new Set(rule.video.decoys ? findDeep(document, rule.video.decoys, shadowOf) : []);
  return (video) => {
    if (!films.has(video) || decoys.has(video) || isShort(video, rule.video)) return 0;
    const loaded = video.readyState >= HTMLMediaElement.HAVE_METADATA && video.videoWidth > 0;
    // A film stays the film while an ad hides it.
    return loaded ? Math.max(filmScore(video), MIN_AREA_PX) : 0;
  };
}

/** A live stream's own clock begins anew for each visitor: without a rule of its own it cannot be followed. */
function isToBeWatched(rule: SiteRule, href: string, document: Document): boolean {
  if (isLive(rule, href, document)) return rule.live !== undefined;
  return sitePage(rule, href).kind === 'film';
}

/** Something plays where a film should be, and it is not what the rule names: the site has changed. */
export function isUnrecognised(
  document: Document,
  href: string,
  videos: readonly HTMLVideoElement[],
  shadowOf: ShadowOf,
): boolean {
  const rule = siteOfPage(href, document);
  if (!rule || !isToBeWatched(rule, href, document)) return false;
  const decoys = new Set(rule.video.decoys ? findDeep(document, rule.video.decoys, shadowOf) : []);
  return videos.some((video) => !decoys.has(video) && !isShort(video, rule.video) && filmScore(video) > 0);
}

function isShort({ duration }: HTMLVideoElement, { longerThanSec = 0 }: VideoRule): boolean {
  return Number.isFinite(duration) && duration < longerThanSec;
}
