import { isNearEnd } from '../sync/index.ts';
import { contentMetaOf } from './content-meta.ts';
import { publishStateIfWanted } from './playback.ts';
import { isHost, mayControl, serverNowMs } from './session-queries.ts';
import type { RoomContent, Session } from './session.ts';
import type { LocatedContent, StepContext } from './step-context.ts';

/**
 * How long to wait for the site's own auto-play before this client loads the next page itself. Countdowns differ by a few
 * seconds. The page must still load within the start hold (HOLD-13: 12 s).
 */
const SITE_AUTOPLAY_MS = 6000;
/** Whatever sites show between two episodes is shorter than they are by this factor. */
const TRAILER_PART = 0.25;
/** A tab that has not arrived by then does not count as on its way any more. */
const NAVIGATION_TIMEOUT_MS = 25_000;
/** Another cut differs by a scene. Smaller differences come from how sites round. */
const CUT_SEC = 2;
const CUT_PART = 0.002;

/**
 * The tab shows another page. The host takes the party along wherever it goes. Other members that may control do so where
 * the site itself goes on at the end of the video; otherwise they are asked ({@link canShareMyContent}), since a member that
 * browses must not move the room.
 */
export function onPageChanged(step: StepContext): void {
  const { session, env } = step;
  const { page } = session.tab;
  if (!session.playback.content || !page?.hasVideo || !hasLeftSharedContent(session)) return;
  const { lastSharedPage } = session.navigation;
  const [from, to] = [lastSharedPage && located(lastSharedPage), located(page.content)];
  const stays = from && to && env.sites.sameSite(from.url, to.url);
  const atEnd = stays && isRoomNearEnd(session, env.nowMs);
  if (atEnd ? !isTrailer(page.content, roomDurationSec(session)) : isHost(session)) shareMyContent(step);
}

/** True for what a site shows between two videos. It moves nobody, since it is over before the others are there. */
function isTrailer(next: RoomContent, videoSec: number | undefined): boolean {
  const nextSec = contentMetaOf(next).durationSec;
  return nextSec !== undefined && videoSec !== undefined && nextSec < videoSec * TRAILER_PART;
}

/** The user makes the video of the own tab the room's. */
export function shareMyContent(step: StepContext): void {
  step.update('tab', { share: true });
  publishStateIfWanted(step);
}

/** True if the user is asked whether to take everyone along: the tab went from the room's video to another. */
export function canShareMyContent(session: Session): boolean {
  return session.tab.page?.hasVideo === true && hasLeftSharedContent(session);
}

function hasLeftSharedContent(session: Session): boolean {
  const { content } = session.playback;
  const { page } = session.tab;
  if (!session.connection.joinComplete || !content || !page || !mayControl(session)) return false;
  const wasThere = session.navigation.lastSharedContentId === content.contentId;
  return wasThere && page.content.contentId !== content.contentId;
}

/**
 * The room went on from `before`, at its end or not. Tabs that showed it follow if the next content is on the same site;
 * other users are offered to go there. The site is judged by the tab's own page, since any member may have sent `before`.
 */
export function onRoomContentChanged(
  step: StepContext,
  {
    before,
    atEnd,
    fromUserId,
  }: { before: RoomContent | null; atEnd: boolean; fromUserId: string | undefined },
): void {
  const { identity, tab, playback, settings, navigation } = step.session;
  const { content } = playback;
  const { page } = tab;
  if (!content || !before || !settings.followParty || tab.tabId === null) return;
  if (fromUserId === identity.me.userId) return;
  const wasShared = navigation.lastSharedContentId === before.contentId;
  const isThere = wasShared && page?.content.contentId === before.contentId;
  const [here, there] = [isThere ? located(page.content) : null, located(content)];
  if (!here || !there) return;
  const { sites } = step.env;
  const url = sites.filmAddress(there, here);
  const siteMayGo = atEnd && sites.sameSite(here.url, there.url);
  if (url === null && !siteMayGo) return;
  step.update('navigation', { pending: { contentId: there.contentId, url, navigated: false } });
  if (atEnd) step.timer('navigation', SITE_AUTOPLAY_MS);
  else navigate(step);
}

function located(content: RoomContent): LocatedContent | null {
  const { url } = contentMetaOf(content);
  return url === undefined ? null : { contentId: content.contentId, url };
}

/** The site's auto-play has not come in time, or the video is not there in time. */
export function onNavigationTimeout(step: StepContext): void {
  const { pending } = step.session.navigation;
  if (pending && !pending.navigated) navigate(step);
  else endNavigation(step);
}

function endNavigation(step: StepContext): void {
  step.update('navigation', { pending: null });
  step.timer('navigation', null);
}

function navigate(step: StepContext): void {
  const { tab, navigation } = step.session;
  const { pending } = navigation;
  if (!pending) return;
  const isThere = tab.page?.content.contentId === pending.contentId;
  if (!isThere && pending.url === null) return endNavigation(step);
  step.update('navigation', { pending: { ...pending, navigated: true } });
  step.timer('navigation', NAVIGATION_TIMEOUT_MS);
  // If the site has gone there itself, its video is about to load.
  if (!isThere && pending.url !== null) step.do({ type: 'go_to', url: pending.url });
}

/** If the site went on by itself, but elsewhere, stops waiting for it. */
function checkAutoplayTarget(step: StepContext): void {
  const { tab, navigation } = step.session;
  const { pending, lastSharedContentId } = navigation;
  if (!pending || pending.navigated || !tab.page?.hasVideo) return;
  const { contentId } = tab.page.content;
  if (contentId !== pending.contentId && contentId !== lastSharedContentId) navigate(step);
}

/** Records whether this user's tab is where the party is, and ends the navigation there. */
export function trackSharedContent(step: StepContext): void {
  const { tab, playback, navigation } = step.session;
  const { content } = playback;
  const { page } = tab;
  if (navigation.pending && navigation.pending.contentId !== content?.contentId) endNavigation(step);
  checkAutoplayTarget(step);
  if (!content || page?.content.contentId !== content.contentId) return;
  if (navigation.lastSharedContentId !== content.contentId || navigation.lastSharedPage !== page.content) {
    step.update('navigation', { lastSharedContentId: content.contentId, lastSharedPage: page.content });
  }
  if (step.session.navigation.pending && page.hasVideo) endNavigation(step);
}

/** True if the room's video is so near its end that its site may go on to the next. */
export function isRoomNearEnd(session: Session, nowMs: number): boolean {
  const { timeline } = session.playback;
  const serverMs = serverNowMs(session, nowMs);
  const durationSec = roomDurationSec(session);
  if (!timeline || serverMs === null || durationSec === undefined) return false;
  return isNearEnd(timeline, durationSec, serverMs);
}

/**
 * The duration of the room's content by the tab's own page: if another member's word counted, a false one would let a member
 * that browses the site take everybody along. It has to do where the page tells none, or counts ads in.
 */
function roomDurationSec({ playback: { content }, navigation: { lastSharedPage } }: Session) {
  const isSame = lastSharedPage && lastSharedPage.contentId === content?.contentId;
  const own = isSame ? contentMetaOf(lastSharedPage) : undefined;
  if (own?.durationSec !== undefined && !own.adsInLength) return own.durationSec;
  return content ? contentMetaOf(content).durationSec : undefined;
}

/** How much longer this user's video is than the room's, in seconds, if they are different cuts of one; else `null`. */
export function durationDifferenceSec({ playback: { content }, tab: { page } }: Session): number | null {
  if (!content || page?.content.contentId !== content.contentId) return null;
  const [room, own] = [contentMetaOf(content), contentMetaOf(page.content)];
  // The length of ads tells nothing of the video.
  if (room.adsInLength || own.adsInLength) return null;
  if (room.durationSec === undefined || own.durationSec === undefined) return null;
  const bySec = own.durationSec - room.durationSec;
  return Math.abs(bySec) > Math.max(CUT_SEC, room.durationSec * CUT_PART) ? bySec : null;
}
