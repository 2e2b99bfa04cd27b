import type { Act, ServerMessage } from '../../protocol/index.ts';
import { broadcast, broadcastBy, sendTo } from './broadcast.ts';
import * as messages from './messages.ts';
import { isWaitingToPlay, type Deps, type Member, type Room } from './room.ts';

/** Interval of updates to plain v1 members while the rate is not 1. */
const RATE_UPDATE_MS = 2000;

const isPlain = (member: Member) => !member.caps.has('timeline');

/** Broadcasts the room's content. */
export function broadcastContent(room: Room, except?: Member): void {
  if (!room.state.content) return;
  const make = (extended: boolean) => () => defined(messages.content(room, extended));
  broadcast(room, { cap: 'timeline', capped: make(true), plain: make(false), ...(except && { except }) });
}

interface PlaybackAudience {
  act?: Act | undefined;
  except?: Member | undefined;
  /** The receivers by protocol level; all when absent. */
  levels?: readonly messages.ProtocolLevel[];
}

/** Broadcasts the timeline, to each member at its protocol level. */
export function broadcastPlayback(
  deps: Deps,
  room: Room,
  { act, except, levels }: PlaybackAudience = {},
): void {
  if (!room.state.timeline) return;
  const nowMs = deps.nowMs();
  const make = (level: messages.ProtocolLevel) =>
    levels && !levels.includes(level) ? undefined : messages.playback(room, { nowMs, level, act });
  broadcastBy(room, messages.protocolLevelOf, make, { except, replaces: `playback ${room.id}` });
  startRateUpdates(deps, room);
}

/** Broadcasts the result of `actor`'s act; a member with cap `timeline` gets its own as the confirmation (TL-3). */
export function broadcastAct(deps: Deps, room: Room, actor: Member, act: Act | undefined): void {
  broadcastPlayback(deps, room, { act, except: isPlain(actor) ? actor : undefined });
}

/** Sends one member the content and the position of now. */
export function sendContentAndPlayback(deps: Deps, room: Room, member: Member): void {
  const extended = !isPlain(member);
  const parts = [
    messages.content(room, extended),
    messages.playback(room, { nowMs: deps.nowMs(), level: messages.protocolLevelOf(member), atNow: true }),
  ];
  for (const message of parts) if (message) sendTo(member, message);
}

/** Repeats the position to plain v1 members while the rate is one they cannot know (TL-8). */
export function startRateUpdates(deps: Deps, room: Room): void {
  if (room.cancelRateUpdate || !needsRateUpdates(room)) return;
  room.cancelRateUpdate = deps.setTimer(() => {
    room.cancelRateUpdate = null;
    if (!needsRateUpdates(room)) return;
    const nowMs = deps.nowMs();
    const plain = () => defined(messages.playback(room, { nowMs, level: 'plain', atNow: true }));
    broadcast(room, { cap: 'timeline', plain });
    startRateUpdates(deps, room);
  }, RATE_UPDATE_MS);
}

function needsRateUpdates(room: Room): boolean {
  const { timeline } = room.state;
  if (!timeline?.playing || timeline.rate === 1 || isWaitingToPlay(room)) return false;
  for (const member of room.members.values()) if (member.connection && isPlain(member)) return true;
  return false;
}

function defined(message: ServerMessage | undefined): ServerMessage {
  if (!message) throw new Error('nothing to tell');
  return message;
}
