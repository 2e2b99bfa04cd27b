import type { Act, ServerMessage } from '../../protocol/index.ts';
import * as messages from './messages.ts';
import type { Deps, Member, Room } from './room.ts';
import { tell, tellOne } from './telling.ts';

/** How often a plain v1 member is told where a film stands that runs at another rate than 1. */
const RATE_TICK_MS = 2000;

const isPlain = (member: Member) => !member.caps.has('timeline');

/** Tells every member what is on. */
export function tellContent(room: Room, except?: Member): void {
  if (!room.state.content) return;
  const make = (extended: boolean) => () => must(messages.content(room, extended));
  tell(room, { cap: 'timeline', capped: make(true), plain: make(false), ...(except && { except }) });
}

/**
 * Tells every member the timeline. Whoever acted is left out if it is plain v1; with cap `timeline` it is told too,
 * as the confirmation of its act.
 */
export function tellPlayback(
  deps: Deps,
  room: Room,
  actor: Member,
  { act, toActor = !isPlain(actor) }: { act?: Act | undefined; toActor?: boolean } = {},
): void {
  if (!room.state.timeline) return;
  const nowMs = deps.nowMs();
  const make = (extended: boolean) => () => must(messages.playback(room, { nowMs, extended, act }));
  tell(room, {
    cap: 'timeline',
    capped: make(true),
    plain: make(false),
    ...(!toActor && { except: actor }),
  });
  keepRateTold(deps, room);
}

/** Tells one member what is on and where it stands now. */
export function tellWatch(deps: Deps, room: Room, member: Member): void {
  const extended = !isPlain(member);
  const parts = [
    messages.content(room, extended),
    messages.playback(room, { nowMs: deps.nowMs(), extended, anew: true }),
  ];
  for (const message of parts) if (message) tellOne(member, message);
}

/** Starts telling plain v1 members the position again and again, while the rate is one they cannot know. */
export function keepRateTold(deps: Deps, room: Room): void {
  if (room.cancelRateTick || !needsRateTold(room)) return;
  room.cancelRateTick = deps.setTimer(() => {
    room.cancelRateTick = null;
    if (!needsRateTold(room)) return;
    const nowMs = deps.nowMs();
    const plain = () => must(messages.playback(room, { nowMs, extended: false, anew: true }));
    tell(room, { cap: 'timeline', plain });
    keepRateTold(deps, room);
  }, RATE_TICK_MS);
}

function needsRateTold({ state: { timeline }, members }: Room): boolean {
  if (!timeline?.playing || timeline.rate === 1) return false;
  for (const member of members.values()) if (member.session && isPlain(member)) return true;
  return false;
}

function must(message: ServerMessage | undefined): ServerMessage {
  if (!message) throw new Error('nothing to tell');
  return message;
}
