import type { Act, MemberReport, ServerPayload } from '../protocol/index.ts';
import { anchoredAt, applyIntent, type Timeline } from '../sync/index.ts';
import { heldIfGated } from './hold.ts';
import { contentFacts, withFactsOf } from './content-meta.ts';
import { isHost, mayControl, type PendingIntent, type Session } from './session.ts';
import { serverNowMs, type Turn } from './turn.ts';

/** An act made without a connection is only sent if it is younger, and if nobody else has acted since. */
const PENDING_WORTH_MS = 30_000;
/** A key that is held down makes one act of many: each replaces the one before it, which was not sent yet. */
const ONE_ACT_EVERY_MS = 250;
/** A v1 host's own clock this far from the server's is not the server's clock. */
const FOREIGN_CLOCK_MS = 1500;

/** A person's act on the player, as the player script tells it. */
export interface PlayerAct {
  act?: Act | undefined;
  playing: boolean;
  positionSec: number;
  rate: number;
  atServerMs: number;
}

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

/** A person acted on the player. */
export function acted(turn: Turn, { act, ...state }: PlayerAct): void {
  const { session, env } = turn;
  if (!session.content) return;
  if (!mayControl(session)) {
    turn.update({ problem: 'not_allowed' });
    return;
  }
  // Somebody acted meanwhile: the room has a state, and wants no other.
  const late = session.offering && act === undefined && session.timeline !== null;
  if (act === undefined) turn.update({ offering: false });
  if (late) return;
  const { contentId } = session.content;
  const baseSeq = session.timeline?.seq ?? 0;
  const unsent = unsentIntent(session);
  // Of two acts in one intent both count only as the whole state.
  const named = unsent && unsent.act !== act ? undefined : act;
  const intent = { ...state, contentId, ...(named && { act: named }), baseSeq };
  const applied = applyIntent(session.timeline, intent, baseSeq);
  if (!applied) return;
  const timeline = heldIfGated(session, applied, named);
  const requestId = env.newId();
  const problem = session.problem === 'not_allowed' ? null : session.problem;
  turn.update({ problem, pending: { requestId, act: named, timeline, baseSeq, madeAtMs: env.nowMs } });
  if (session.phase === 'online') sendInTime(turn, named);
}

/** An act that waits for its time to be sent: that of the person's pace, or of the server. */
function unsentIntent({ phase, pending, requests }: Session): PendingIntent | null {
  return phase === 'online' && pending && !(pending.requestId in requests) ? pending : null;
}

function sendInTime(turn: Turn, act: Act | undefined): void {
  const { intentSent, intentsFromMs } = turn.session;
  const paceMs = intentSent && intentSent.act === act ? intentSent.atMs + ONE_ACT_EVERY_MS : 0;
  const waitMs = Math.max(paceMs, intentsFromMs) - turn.env.nowMs;
  if (waitMs > 0) turn.timer('intent', waitMs);
  else sendPending(turn);
}

/** The time of an act has come that had to wait. */
export function intentDue(turn: Turn): void {
  const unsent = unsentIntent(turn.session);
  if (!unsent) return;
  if (turn.env.nowMs - unsent.madeAtMs >= PENDING_WORTH_MS) return turn.update({ pending: null });
  turn.update({ pending: { ...unsent, timeline: asOfNow(turn, unsent.timeline) } });
  sendPending(turn);
}

/** The server takes an act only later: until then it is shown, and what the person does next takes its place. */
export function intentRefusedForNow(turn: Turn, requestId: string, retryAfterMs: number): void {
  turn.update({ intentsFromMs: turn.env.nowMs + retryAfterMs });
  if (turn.session.pending?.requestId === requestId) turn.timer('intent', retryAfterMs);
}

/** A person asked for a moment of the film, wherever their own player is. */
export function soughtTo(turn: Turn, positionSec: number): void {
  const { session, env } = turn;
  const timeline = session.pending?.timeline ?? session.timeline;
  const atServerMs = serverNowMs(session, env.nowMs);
  // Where nothing plays yet there is nowhere to go, and a live stream's moments are not counted from a beginning.
  if (!timeline || atServerMs === null || (session.content && contentFacts(session.content).live)) return;
  const { playing, rate } = timeline;
  acted(turn, { act: 'seek', playing, rate, positionSec, atServerMs });
}

function sendPending(turn: Turn): void {
  const { pending, roomId } = turn.session;
  if (!pending) return;
  const { timeline, act, baseSeq, requestId } = pending;
  const { playing, positionSec, rate, atServerMs, contentId } = timeline;
  const state = {
    playing,
    positionSec,
    rate,
    hostTsMs: atServerMs,
    ...(contentId !== null && { contentId }),
  };
  const payload = { roomId, state, ...(act && { act }), baseSeq };
  turn.timer('intent', null);
  turn.update({ intentSent: { act, atMs: turn.env.nowMs } });
  turn.request('watch/playback_state', payload, { kind: 'intent' }, requestId);
}

/** A stamp that is seconds old is taken for another clock's, and the state with it for one of now. */
function asOfNow({ session, env }: Turn, timeline: Timeline): Timeline {
  return anchoredAt(timeline, serverNowMs(session, env.nowMs) ?? timeline.atServerMs);
}

/** After a rejoin: the room has the last word, unless it has not moved since the person acted. */
export function resendPending(turn: Turn): void {
  const { pending, timeline } = turn.session;
  if (!pending) return;
  const young = turn.env.nowMs - pending.madeAtMs < PENDING_WORTH_MS;
  const unmoved = (timeline?.seq ?? 0) === pending.baseSeq;
  if (!young || !unmoved) return turn.update({ pending: null });
  turn.update({ pending: { ...pending, timeline: asOfNow(turn, pending.timeline) } });
  sendPending(turn);
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
  turn.do({ do: 'offer', onlyPlaying: !ownRight });
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
