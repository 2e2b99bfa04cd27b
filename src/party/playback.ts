import type { MemberReport, ServerPayload } from '../protocol/index.ts';
import type { Timeline } from '../sync/index.ts';
import { asOfNow } from './acts.ts';
import { contentFacts, withFactsOf } from './content-meta.ts';
import { isHost, mayControl, type Session } from './session.ts';
import { serverNowMs, type Turn } from './turn.ts';

/** A v1 host's own clock this far from the server's is not the server's clock. */
const FOREIGN_CLOCK_MS = 1500;

/** The room's state, as the server tells it. */
export function tookPlayback(turn: Turn, payload: ServerPayload<'watch/playback_state'>): void {
  const { state, serverTsMs, fromUserId } = payload;
  const { session, env } = turn;
  const offMs = Math.abs(state.hostTsMs - serverTsMs);
  const relayedUntouched = state.seq === undefined && offMs > FOREIGN_CLOCK_MS;
  const timeline: Timeline = {
    contentId: state.contentId ?? session.content?.contentId ?? null,
    playing: state.playing,
    positionSec: state.positionSec,
    rate: state.rate ?? 1,
    atServerMs: relayedUntouched ? serverTsMs : state.hostTsMs,
    seq: state.seq ?? (session.timeline?.seq ?? 0) + 1,
    ...(state.held && { held: true }),
  };
  const ageMs = Math.max(0, (serverNowMs(session, env.nowMs) ?? serverTsMs) - timeline.atServerMs);
  const contentId = state.contentId;
  const content =
    contentId !== undefined && contentId !== session.content?.contentId ? { contentId } : session.content;
  turn.update({ content, timeline, timelineAge: { ageMs, atMs: env.nowMs } });
  turn.update({ hold: state.held ?? null, lastActor: fromUserId });
}

/**
 * Gives the room a film where it has none: the host's, who started the party on it, or the one a person asked to share.
 */
export function offerIfWanted(turn: Turn): void {
  const { settled, page, content, timeline, pending, shareTab, roomId, offeredFor } = turn.session;
  if (!settled || !page?.hasFilm || !mayControl(turn.session)) return;
  const same = content?.contentId === page.content.contentId;
  // An act under way gives the room its timeline.
  const lacking = content === null || (same && timeline === null && pending === null);
  if (same && timeline) turn.update({ shareTab: false });
  const ownRight = shareTab || leads(turn.session);
  const wanted = (shareTab && !same) || (lacking && (ownRight || standsIn(turn.session)));
  if (!wanted || (same && offeredFor === page.content.contentId)) return;
  turn.update({ shareTab: false, offeredFor: page.content.contentId });
  if (!same) {
    const { contentSeq, serverCaps } = turn.session;
    const baseSeq = Math.max(contentSeq, timeline?.seq ?? 0);
    // Of two who take the party along at one moment the first does.
    const based = serverCaps.includes('timeline') && { baseSeq };
    turn.request('watch/set_content', { roomId, ...page.content, ...based });
    turn.update({ content: page.content, timeline: null, timelineAge: null, pending: null });
  }
  turn.update({ offering: true });
  turn.do({ type: 'offer', onlyPlaying: !ownRight });
}

/**
 * What a site's page knows of its film only later, who leads tells then: the true length once its player is there and no ad is
 * on, the title once it has been shown.
 */
export function tellFacts(turn: Turn): void {
  const { settled, page, content, roomId } = turn.session;
  if (!settled || !content || page?.content.contentId !== content.contentId || !leads(turn.session)) return;
  const [told, own] = [contentFacts(content), contentFacts(page.content)];
  const isNew = (fact: 'durationSec' | 'title') => told[fact] === undefined && own[fact] !== undefined;
  if (!isNew('durationSec') && !isNew('title')) return;
  const whole = withFactsOf(page.content, content);
  turn.request('watch/set_content', { roomId, ...whole });
  turn.update({ content: whole });
}

/** A v1 server names no host; who is alone there leads. */
function leads(session: Session): boolean {
  return session.hostUserId === null ? session.peers.length === 0 : isHost(session);
}

/** Members in these states stand where the film is, or soon will. */
const AT_THE_FILM: readonly MemberReport['state'][] = ['ready', 'hidden', 'buffering', 'seeking'];

/**
 * Whether this person's player tells where the film is, since an ad keeps whoever leads from it: the others would see the
 * beginning, and be taken back to it when that ad is over. All who are there choose the same one of them.
 */
function standsIn({ hostUserId, me, myReport, peers }: Session): boolean {
  const others = peers.filter(({ userId }) => userId !== me.userId);
  const host = others.find(({ userId }) => userId === hostUserId);
  const leaderComes = host && [...AT_THE_FILM, 'coming'].includes(host.report.state);
  if (leaderComes || !others.some(({ report }) => report.state === 'ad')) return false;
  const there = others.filter(({ report }) => AT_THE_FILM.includes(report.state));
  return AT_THE_FILM.includes(myReport.state) && there.every(({ userId }) => userId > me.userId);
}

/** A v1 server may keep no state: whoever acted last tells a newcomer. */
export function retell(turn: Turn): void {
  const { serverCaps, lastActor, me, content, timeline, roomId } = turn.session;
  if (serverCaps.includes('timeline') || lastActor !== me.userId || !content) return;
  turn.request('watch/set_content', { roomId, ...content });
  if (!timeline) return;
  const { playing, positionSec, atServerMs } = asOfNow(turn, timeline);
  const state = { playing, positionSec, hostTsMs: atServerMs, contentId: content.contentId };
  turn.request('watch/playback_state', { roomId, state });
}
