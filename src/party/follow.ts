import { isNearEnd } from '../sync/index.ts';
import { contentFacts } from './content-meta.ts';
import { offerIfWanted } from './playback.ts';
import { isHost, mayControl, type RoomContent, type Session } from './session.ts';
import { serverNowMs, type Turn } from './turn.ts';

/**
 * The site's own way to the next episode is gentler than loading its page, if it comes: countdowns differ by some seconds,
 * and what is left of a start's patience (HOLD-13) must do to load the page.
 */
const SITE_GOES_ITSELF_MS = 6000;
/** What a site puts between two episodes is so much shorter than they are. */
const TRAILER_PART = 0.25;
/** Whoever is not there by then is on its own. */
const ON_THE_WAY_MS = 25_000;
/** Another cut differs by a scene; what differs by less is how sites round. */
const CUT_SEC = 2;
const CUT_PART = 0.002;

/**
 * The tab shows another page. Whoever leads takes the party along: the host wherever they go, and who may control to what
 * the site itself goes on to at the end of the film. Others are asked ({@link takesAlong}): looking around moves nobody.
 */
export function pageMoved(turn: Turn): void {
  const { session, env } = turn;
  const { content, page, shown } = session;
  if (!content || !page?.hasFilm || !wentOn(session)) return;
  const [from, to] = [shown && located(shown), located(page.content)];
  const stays = from && to && env.sites.sameSite(from.url, to.url);
  const atEnd = stays && isRoomNearEnd(session, env.nowMs);
  if (atEnd ? !isTrailer(page.content, lengthSec(session)) : isHost(session)) takeAlong(turn);
}

/** What a site shows between two films moves nobody: it is gone before the others are there. */
function isTrailer(next: RoomContent, filmSec: number | undefined): boolean {
  const nextSec = contentFacts(next).durationSec;
  return nextSec !== undefined && filmSec !== undefined && nextSec < filmSec * TRAILER_PART;
}

/** The person takes everyone along to the film of their tab. */
export function takeAlong(turn: Turn): void {
  turn.update({ shareTab: true });
  offerIfWanted(turn);
}

/** Whether to ask the person if everyone is to come along: their tab went from the party's film to another. */
export function takesAlong(session: Session): boolean {
  return session.page?.hasFilm === true && wentOn(session);
}

function wentOn(session: Session): boolean {
  const { settled, content, page, together } = session;
  if (!settled || !content || !page || !mayControl(session)) return false;
  return together === content.contentId && page.content.contentId !== content.contentId;
}

/**
 * The room has gone on from `before`, at its end or not: who was there comes along, if that is on the same site. Others are
 * offered to. What the tab is compared with is its own page: `before` too is what anybody may have told.
 */
export function roomMoved(
  turn: Turn,
  {
    before,
    atEnd,
    fromUserId,
  }: { before: RoomContent | null; atEnd: boolean; fromUserId: string | undefined },
): void {
  const { content, together, followParty, tabId, me, page } = turn.session;
  if (!content || !before || !followParty || tabId === null || fromUserId === me.userId) return;
  const wasThere = together === before.contentId && page?.content.contentId === before.contentId;
  const [here, told] = [wasThere ? located(page.content) : null, located(content)];
  if (!here || !told) return;
  const { sites } = turn.env;
  const url = sites.filmAddress(told, here);
  const siteMayGo = atEnd && sites.sameSite(here.url, told.url);
  if (url === null && !siteMayGo) return;
  turn.update({ along: { contentId: told.contentId, url, went: false } });
  if (atEnd) turn.timer('along', SITE_GOES_ITSELF_MS);
  else go(turn);
}

function located(content: RoomContent): { contentId: string; url: string } | null {
  const { url } = contentFacts(content);
  return url === undefined ? null : { contentId: content.contentId, url };
}

/** The wait for the site's own way is over, or the one for the film to be there. */
export function alongDue(turn: Turn): void {
  const { along } = turn.session;
  if (along && !along.went) go(turn);
  else stay(turn);
}

/** The tab is on its way nowhere any more. */
function stay(turn: Turn): void {
  turn.update({ along: null });
  turn.timer('along', null);
}

function go(turn: Turn): void {
  const { along, page } = turn.session;
  if (!along) return;
  const isThere = page?.content.contentId === along.contentId;
  if (!isThere && along.url === null) return stay(turn);
  turn.update({ along: { ...along, went: true } });
  turn.timer('along', ON_THE_WAY_MS);
  // The site has gone there itself, and its film is about to come.
  if (!isThere && along.url !== null) turn.do({ type: 'go_to', url: along.url });
}

/** Its site has gone on by itself, but elsewhere: no use to wait for it. */
function noteWrongWay(turn: Turn): void {
  const { along, page, together } = turn.session;
  if (!along || along.went || !page?.hasFilm) return;
  const { contentId } = page.content;
  if (contentId !== along.contentId && contentId !== together) go(turn);
}

/** Keeps in mind whether this person's tab is where the party is, and ends the way there. */
export function noteTogether(turn: Turn): void {
  const { content, page, together, shown, along } = turn.session;
  if (along && along.contentId !== content?.contentId) stay(turn);
  noteWrongWay(turn);
  if (!content || page?.content.contentId !== content.contentId) return;
  if (together !== content.contentId) turn.update({ together: content.contentId });
  if (shown !== page.content) turn.update({ shown: page.content });
  if (turn.session.along && page.hasFilm) stay(turn);
}

/** Whether the room's film is at its end, where its site goes on to the next by itself. */
export function isRoomNearEnd(session: Session, nowMs: number): boolean {
  const { timeline } = session;
  const serverMs = serverNowMs(session, nowMs);
  const durationSec = lengthSec(session);
  return (
    timeline !== null &&
    serverMs !== null &&
    durationSec !== undefined &&
    isNearEnd(timeline, durationSec, serverMs)
  );
}

/**
 * The length of the room's film by the tab's own page: told another one, who looks around on the site would take everybody
 * along. Where ads are in it, or the page does not tell, the room's word has to do.
 */
function lengthSec({ content, shown }: Session): number | undefined {
  const own = shown && shown.contentId === content?.contentId ? contentFacts(shown) : undefined;
  if (own?.durationSec !== undefined && !own.adsInLength) return own.durationSec;
  return content ? contentFacts(content).durationSec : undefined;
}

/** How much longer this person's film is than the room's, in seconds, where they are different cuts of one; else `null`. */
export function cutSec({ content, page }: Session): number | null {
  if (!content || page?.content.contentId !== content.contentId) return null;
  const [room, own] = [contentFacts(content), contentFacts(page.content)];
  // How long ads are says nothing of the film.
  if (room.adsInLength || own.adsInLength) return null;
  if (room.durationSec === undefined || own.durationSec === undefined) return null;
  const bySec = own.durationSec - room.durationSec;
  return Math.abs(bySec) > Math.max(CUT_SEC, room.durationSec * CUT_PART) ? bySec : null;
}
