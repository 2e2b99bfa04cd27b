/** What follows from a session alone. */
import type { Timeline } from '../sync/index.ts';
import { estimateClock, estimateOneWay, type ClockEstimate } from '../sync/index.ts';
import type { Session } from './session.ts';

/** The server's clock as this session knows it. */
export function serverClock({ clock }: Session, nowMs: number): ClockEstimate | null {
  return estimateClock(clock.twoWay, nowMs) ?? estimateOneWay(clock.oneWay, nowMs);
}

/** The server's time, ms; `null` before its first stamp. */
export function serverNowMs(session: Session, nowMs: number): number | null {
  const clock = serverClock(session, nowMs);
  return clock && nowMs + clock.offsetMs;
}

/** The time since the room's timeline was made, in ms. */
export function timelineAgeMs({ playback: { timelineAge } }: Session, nowMs: number): number | null {
  return timelineAge && Math.max(0, timelineAge.ageMs + nowMs - timelineAge.atMs);
}

/** The timeline that this user sees: an own intent counts before the server has confirmed it. */
export function shownTimeline({ playback, intents }: Session): Timeline | null {
  return intents.pending?.timeline ?? playback.timeline;
}

/** The timeline that this user's player follows; `null` while its tab shows something else. */
export function followedTimeline(session: Session): Timeline | null {
  const { content } = session.playback;
  if (!content || session.tab.page?.content.contentId !== content.contentId) return null;
  return shownTimeline(session);
}

export function isHost({ room, identity }: Session): boolean {
  return room.hostUserId === identity.me.userId;
}

/** True if this user's acts on the player move the room. */
export function mayControl(session: Session): boolean {
  return session.room.rules.control === 'everyone' || isHost(session);
}
