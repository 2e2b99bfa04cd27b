import type { Act, Intent } from '../protocol/index.ts';
import { rebaseTo, applyIntent, type Timeline } from '../sync/index.ts';
import { contentFacts } from './content-meta.ts';
import { heldIfGated } from './hold.ts';
import { mayControl, type PendingIntent, type Session } from './session.ts';
import { serverNowMs, type Turn } from './turn.ts';

/** An act that could not be sent at once is only sent if it is younger. */
const PENDING_WORTH_MS = 30_000;
/** A key that is held down makes one act of many: each replaces the one before it, which was not sent yet. */
const ONE_ACT_EVERY_MS = 250;

/** A person acted on the player. */
export function acted(turn: Turn, { act, ...state }: Intent): void {
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
export function asOfNow({ session, env }: Turn, timeline: Timeline): Timeline {
  return rebaseTo(timeline, serverNowMs(session, env.nowMs) ?? timeline.atServerMs);
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
