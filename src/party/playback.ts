import type { MemberReport, ServerPayload } from '../protocol/index.ts';
import type { Timeline } from '../sync/index.ts';
import { contentMetaOf, mergeContentMeta } from './content-meta.ts';
import { asOfNow } from './intents.ts';
import { isHost, mayControl } from './session-queries.ts';
import type { Session } from './session.ts';
import type { StepContext } from './step-context.ts';

/** A v1 host's own clock this far from the server's is not the server's clock. */
const FOREIGN_CLOCK_MS = 1500;

/** Takes over the room's playback from the server. */
export function applyRemotePlayback(
  step: StepContext,
  { state, serverTsMs, fromUserId }: ServerPayload<'watch/playback_state'>,
): void {
  const { content, timeline: before } = step.session.playback;
  const offMs = Math.abs(state.hostTsMs - serverTsMs);
  const relayedUntouched = state.seq === undefined && offMs > FOREIGN_CLOCK_MS;
  const { contentId } = state;
  const timeline: Timeline = {
    contentId: contentId ?? content?.contentId ?? null,
    playing: state.playing,
    positionSec: state.positionSec,
    rate: state.rate ?? 1,
    atServerMs: relayedUntouched ? serverTsMs : state.hostTsMs,
    seq: state.seq ?? (before?.seq ?? 0) + 1,
    ...(state.held && { held: true }),
  };
  const ageMs = Math.max(0, (step.serverNowMs ?? serverTsMs) - timeline.atServerMs);
  step.update('playback', {
    content: contentId !== undefined && contentId !== content?.contentId ? { contentId } : content,
    timeline,
    timelineAge: { ageMs, atMs: step.env.nowMs },
    hold: state.held ?? null,
    lastActor: fromUserId,
  });
}

/** Publishes content and position to a room that has none, or to one that this user wants to bring to the own video. */
export function publishStateIfWanted(step: StepContext): void {
  const { connection, tab, playback, intents } = step.session;
  const { page } = tab;
  const { content, timeline } = playback;
  if (!connection.joinComplete || !page?.hasVideo || !mayControl(step.session)) return;
  const same = content?.contentId === page.content.contentId;
  // A pending intent gives the room its timeline.
  const lacking = content === null || (same && timeline === null && intents.pending === null);
  if (same && timeline) step.update('tab', { share: false });
  const mayPublish = tab.share || isLeader(step.session);
  const wanted = (tab.share && !same) || (lacking && (mayPublish || isDeputy(step.session)));
  if (!wanted || (same && intents.stateAskedFor === page.content.contentId)) return;
  step.update('tab', { share: false });
  step.update('intents', { stateAskedFor: page.content.contentId });
  if (!same) {
    const baseSeq = Math.max(playback.contentSeq, timeline?.seq ?? 0);
    // Of two members that share their content at one moment the first one counts.
    const based = step.serverHas('timeline') && { baseSeq };
    step.request('watch/set_content', { roomId: step.roomId, ...page.content, ...based });
    step.update('playback', { content: page.content, timeline: null, timelineAge: null });
    step.update('intents', { pending: null });
  }
  step.update('intents', { awaitsState: true });
  step.do({ type: 'publish_state', onlyPlaying: !mayPublish });
}

/**
 * The leader publishes the content's metadata again once its duration or title becomes known: the duration when the real
 * player is loaded and no ad runs, the title when the page has shown it.
 */
export function publishMetadata(step: StepContext): void {
  const { connection, tab, playback } = step.session;
  const { content } = playback;
  if (!connection.joinComplete || !content || tab.page?.content.contentId !== content.contentId) return;
  if (!isLeader(step.session)) return;
  const [published, own] = [contentMetaOf(content), contentMetaOf(tab.page.content)];
  const isNew = (name: 'durationSec' | 'title') => published[name] === undefined && own[name] !== undefined;
  if (!isNew('durationSec') && !isNew('title')) return;
  const whole = mergeContentMeta(tab.page.content, content);
  step.request('watch/set_content', { roomId: step.roomId, ...whole });
  step.update('playback', { content: whole });
}

/** The leader publishes when nobody else has: the host. A v1 server names no host; there, a member that is alone leads. */
function isLeader(session: Session): boolean {
  const { hostUserId, peers } = session.room;
  return hostUserId === null ? peers.length === 0 : isHost(session);
}

/** Players in these states are at the room's content, or soon will be. */
const AT_THE_CONTENT: readonly MemberReport['state'][] = ['ready', 'hidden', 'buffering', 'seeking'];

/**
 * True if this member has to publish the position because the leader is in an ad. Otherwise newcomers would start at 0 and
 * be pulled back when the ad ends. All members pick the same deputy: the lowest userId.
 */
function isDeputy({ identity: { me }, report, room }: Session): boolean {
  const others = room.peers.filter(({ userId }) => userId !== me.userId);
  const host = others.find(({ userId }) => userId === room.hostUserId);
  const leaderComes = host && [...AT_THE_CONTENT, 'coming'].includes(host.report.state);
  if (leaderComes || !others.some((other) => other.report.state === 'ad')) return false;
  const present = others.filter((other) => AT_THE_CONTENT.includes(other.report.state));
  return AT_THE_CONTENT.includes(report.current.state) && present.every(({ userId }) => userId > me.userId);
}

/** A v1 server may keep no state, so the member that acted last tells a newcomer. */
export function resendToV1(step: StepContext): void {
  const { identity, playback } = step.session;
  const { content, timeline, lastActor } = playback;
  if (step.serverHas('timeline') || lastActor !== identity.me.userId || !content) return;
  const { roomId } = step;
  step.request('watch/set_content', { roomId, ...content });
  if (!timeline) return;
  const { playing, positionSec, atServerMs } = asOfNow(step, timeline);
  const state = { playing, positionSec, hostTsMs: atServerMs, contentId: content.contentId };
  step.request('watch/playback_state', { roomId, state });
}
