import type { Interruption } from '../messaging/player-port.ts';
import type { MemberView, PartyView, ProblemCode, View } from '../messaging/view.ts';
import type { MemberReport } from '../protocol/index.ts';
import { inviteUrl } from '../invite/invite.ts';
import {
  byPresence,
  contentMetaOf,
  durationDifferenceSec,
  isHost,
  mayControl,
  shownTimeline,
  serverClock,
  serverNowMs,
  canShareMyContent,
  type Session,
} from '../party/index.ts';
import { withShownNames } from './shown-names.ts';

/** What the tab adds to what the session knows. */
export interface TabFacts {
  /** `null` while nothing is known yet. */
  permitted: boolean | null;
  resists: boolean;
  silenced: boolean;
  /** It shows no film of its own, and is to go to the room's. */
  comes: boolean;
  interruption: Interruption | null;
  refused: boolean;
  unrecognised: boolean;
  overlayOn: boolean;
}

type Playback = NonNullable<PartyView['playback']>;

/** Everything that an extension page draws of the session. */
export function makeView(
  session: Session | null,
  tab: TabFacts,
  panelOpen: boolean,
  nowMs: number,
  wallMs: number,
): View {
  const party = session && { ...partyView(session, tab, nowMs, wallMs), panelOpen };
  return { party: party && withShownNames(party, byPresence(session)), lastProblem: null };
}

function partyView(
  session: Session,
  facts: TabFacts,
  nowMs: number,
  wallMs: number,
): Omit<PartyView, 'panelOpen'> {
  const clock = serverClock(session, nowMs);
  const { identity, connection, room, settings, tab, chat, ephemeral } = session;
  const timeline = shownTimeline(session);
  return {
    roomId: identity.roomId,
    serverUrl: identity.serverUrl,
    inviteUrl: inviteUrl(identity),
    connection: connection.phase,
    ...(connection.retryAtMs !== null && { retryAtMs: wallMs + connection.retryAtMs - nowMs }),
    problems: problemsOf(session, facts),
    members: membersOf(session, nowMs, wallMs),
    ...room.rules,
    iControl: mayControl(session),
    content: contentOf(session),
    playback: timeline && {
      playing: timeline.playing,
      rate: timeline.rate,
      held: heldOf(session, nowMs, wallMs),
    },
    caps: [...connection.serverCaps],
    ...settings,
    cutSec: durationDifferenceSec(session),
    takeAlong: takeAlongOf(session),
    tabId: tab.tabId,
    overlayOn: facts.overlayOn,
    chat: [...chat.messages],
    notices: [...chat.notices],
    typing: ephemeral.typing.map(({ userId }) => userId),
    floating: ephemeral.floating.map(({ id, fromUserId, emoji }) => ({ id, fromUserId, emoji })),
    clock: clock && { rttMs: clock.rttMs, boundMs: clock.boundMs },
  };
}

function heldOf(session: Session, nowMs: number, wallMs: number): Playback['held'] {
  const { hold } = session.playback;
  if (!hold) return null;
  const { reason, waitingFor, untilServerMs } = hold;
  const serverMs = serverNowMs(session, nowMs);
  // Whoever does not know the server's clock cannot say how long is left.
  const untilMs = serverMs === null ? wallMs : wallMs + untilServerMs - serverMs;
  return { reason, waitingFor: [...waitingFor], untilMs };
}

export function contentOf({ playback: { content } }: Session): PartyView['content'] {
  if (!content) return null;
  const { url, title, live } = contentMetaOf(content);
  const { contentId } = content;
  return { contentId, ...(url && { url }), ...(title && { title }), ...(live && { live }) };
}

/** The film that the person may take the party along to. */
function takeAlongOf(session: Session): PartyView['takeAlong'] {
  const { page } = session.tab;
  if (!canShareMyContent(session) || !page) return null;
  return { title: contentMetaOf(page.content).title ?? '' };
}

/** What takes longer is no ad, whoever says so. */
const AD_AT_MOST_MS = 3_600_000;

function membersOf(session: Session, nowMs: number, wallMs: number): MemberView[] {
  const serverMs = serverNowMs(session, nowMs);
  const adUntil = ({ state, adEndsAtMs }: MemberReport) => {
    if (state !== 'ad' || adEndsAtMs === undefined || serverMs === null) return {};
    const leftMs = adEndsAtMs - serverMs;
    return leftMs <= AD_AT_MOST_MS ? { adUntilMs: wallMs + leftMs } : {};
  };
  const { me } = session.identity;
  const { hostUserId, peers } = session.room;
  const { current } = session.report;
  return [
    { ...me, isMe: true, isHost: isHost(session), report: current, ...adUntil(current) },
    ...peers.map((peer) => ({
      ...peer,
      isMe: false,
      isHost: peer.userId === hostUserId,
      ...adUntil(peer.report),
    })),
  ];
}

/** What a person can do something about; an ad and a player that is still loading pass by themselves. */
const INTERRUPTED: Partial<Record<Interruption['kind'], ProblemCode>> = {
  still_watching: 'still_watching',
  error: 'site_error',
  unreadable: 'site_changed',
};

/** What is wrong at this member, the worst first. */
export function problemsOf(session: Session, tab: TabFacts): ProblemCode[] {
  const { connection, playback, report } = session;
  const problems: ProblemCode[] = connection.problem ? [connection.problem] : [];
  const { tabId, page } = session.tab;
  const { content } = playback;
  const { permitted, resists, silenced } = tab;
  const interrupted = tab.interruption && INTERRUPTED[tab.interruption.kind];
  if (tabId === null) problems.push('tab_gone');
  // Before the site is asked for, since this page needs nothing of us.
  else if (tab.comes && content) problems.push('other_content');
  else if (permitted === false) problems.push('site_not_permitted');
  else if (tab.refused) problems.push('not_together');
  else if (page && content && page.content.contentId !== content.contentId) {
    if (!session.navigation.pending && !canShareMyContent(session)) problems.push('other_content');
  } else if (page && !page.hasVideo) problems.push(tab.unrecognised ? 'site_changed' : 'no_video');
  else if (interrupted) problems.push(interrupted);
  else if (resists) problems.push('site_resists');
  else if (report.current.state === 'blocked') problems.push('autoplay_blocked');
  else if (silenced) problems.push('sound_blocked');
  return problems;
}
