import type { Act, Intent } from '../protocol/index.ts';
import { applyIntent, rebaseTo, type Timeline } from '../sync/index.ts';
import { contentMetaOf } from './content-meta.ts';
import { mayControl, shownTimeline } from './session-queries.ts';
import type { PendingIntent, Session } from './session.ts';
import { predictHold } from './start-barrier.ts';
import type { StepContext } from './step-context.ts';

/** An intent that could not be sent at once is only sent while it is younger. */
const PENDING_WORTH_MS = 30_000;
/** A key that is held down makes one intent of many: each replaces the one before it, which was not sent yet. */
const ONE_INTENT_EVERY_MS = 250;

/** The user acted on the player, or the player reports its whole state. */
export function applyLocalIntent(step: StepContext, { act, ...state }: Intent): void {
  const { session, env } = step;
  const { content, timeline } = session.playback;
  if (!content) return;
  if (!mayControl(session)) return step.update('connection', { problem: 'not_allowed' });
  // Somebody acted meanwhile: the room has a state, and needs no other.
  const late = session.intents.awaitsState && act === undefined && timeline !== null;
  if (act === undefined) step.update('intents', { awaitsState: false });
  if (late) return;
  const baseSeq = timeline?.seq ?? 0;
  const unsent = unsentIntent(session);
  // Two different acts in one intent count only as the whole state.
  const named = unsent && unsent.act !== act ? undefined : act;
  const intent = { ...state, contentId: content.contentId, ...(named && { act: named }), baseSeq };
  const applied = applyIntent(timeline, intent, baseSeq);
  if (!applied) return;
  const predicted = predictHold(session, applied, named);
  const requestId = env.newId();
  if (session.connection.problem === 'not_allowed') step.update('connection', { problem: null });
  step.update('intents', {
    pending: { requestId, act: named, timeline: predicted, baseSeq, madeAtMs: env.nowMs },
  });
  if (step.isOnline) sendInTime(step, named);
}

/** An intent that waits to be sent: for the user's pace, or for the server. */
function unsentIntent({ connection, intents: { pending } }: Session): PendingIntent | null {
  return connection.phase === 'online' && pending && !(pending.requestId in connection.requests)
    ? pending
    : null;
}

function sendInTime(step: StepContext, act: Act | undefined): void {
  const { lastSent, notBeforeMs } = step.session.intents;
  const paceMs = lastSent && lastSent.act === act ? lastSent.atMs + ONE_INTENT_EVERY_MS : 0;
  const waitMs = Math.max(paceMs, notBeforeMs) - step.env.nowMs;
  if (waitMs > 0) step.timer('intent', waitMs);
  else sendPending(step);
}

/** The wait of an intent is over. */
export function onIntentDue(step: StepContext): void {
  const unsent = unsentIntent(step.session);
  if (!unsent) return;
  if (step.env.nowMs - unsent.madeAtMs >= PENDING_WORTH_MS) return step.update('intents', { pending: null });
  step.update('intents', { pending: { ...unsent, timeline: asOfNow(step, unsent.timeline) } });
  sendPending(step);
}

/** The server takes intents only later. Until then the intent is shown, and the user's next act replaces it. */
export function onIntentRefusedForNow(step: StepContext, requestId: string, retryAfterMs: number): void {
  step.update('intents', { notBeforeMs: step.env.nowMs + retryAfterMs });
  if (step.session.intents.pending?.requestId === requestId) step.timer('intent', retryAfterMs);
}

/** The user asked for a moment of the video, wherever the own player is. */
export function seekRoom(step: StepContext, positionSec: number): void {
  const { content } = step.session.playback;
  const timeline = shownTimeline(step.session);
  const atServerMs = step.serverNowMs;
  // Before anything plays there is nowhere to go, and a live stream's moments do not count from a beginning.
  if (!timeline || atServerMs === null || (content && contentMetaOf(content).live)) return;
  const { playing, rate } = timeline;
  applyLocalIntent(step, { act: 'seek', playing, rate, positionSec, atServerMs });
}

function sendPending(step: StepContext): void {
  const { pending } = step.session.intents;
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
  const payload = { roomId: step.roomId, state, ...(act && { act }), baseSeq };
  step.timer('intent', null);
  step.update('intents', { lastSent: { act, atMs: step.env.nowMs } });
  step.request('watch/playback_state', payload, { kind: 'intent' }, requestId);
}

/** Tells a timeline from now. A server would take a stamp that is seconds old for another clock's, and the state for one of now. */
export function asOfNow(step: StepContext, timeline: Timeline): Timeline {
  return rebaseTo(timeline, step.serverNowMs ?? timeline.atServerMs);
}

/** After a rejoin the room's timeline counts, unless it has not changed since the user acted. */
export function resendPending(step: StepContext): void {
  const { pending } = step.session.intents;
  if (!pending) return;
  const young = step.env.nowMs - pending.madeAtMs < PENDING_WORTH_MS;
  const unchanged = (step.session.playback.timeline?.seq ?? 0) === pending.baseSeq;
  if (!young || !unchanged) return step.update('intents', { pending: null });
  step.update('intents', { pending: { ...pending, timeline: asOfNow(step, pending.timeline) } });
  sendPending(step);
}

/** The server has acked the pending intent. */
export function confirmIntent(step: StepContext, requestId: string): void {
  const { intents, identity } = step.session;
  const { pending } = intents;
  if (pending?.requestId !== requestId) return;
  step.update('intents', { pending: null });
  // A server with timelines has sent what it made of the intent before the ack. A v1 server sends it only to the others.
  if (step.serverHas('timeline')) return;
  const timeline = { ...pending.timeline, seq: pending.baseSeq + 1 };
  step.update('playback', { timeline, lastActor: identity.me.userId });
}
