import type { Act, ServerMessage } from '../../protocol/index.ts';
import * as messages from './messages.ts';
import { stands, type Deps, type Member, type Room } from './room.ts';
import { tell, tellEach, tellOne } from './telling.ts';

/** How often a plain v1 member is told where a film stands that runs at another rate than 1. */
const RATE_TICK_MS = 2000;

const isPlain = (member: Member) => !member.caps.has('timeline');

/** Tells every member what is on. */
export function tellContent(room: Room, except?: Member): void {
  if (!room.state.content) return;
  const make = (extended: boolean) => () => must(messages.content(room, extended));
  tell(room, { cap: 'timeline', capped: make(true), plain: make(false), ...(except && { except }) });
}

interface Playback {
  act?: Act | undefined;
  except?: Member | undefined;
  /** Whom to tell; everybody when absent. */
  ears?: readonly messages.Ear[];
}

/** Tells the members the timeline, each as it understands it. */
export function tellPlayback(deps: Deps, room: Room, { act, except, ears }: Playback = {}): void {
  if (!room.state.timeline) return;
  const nowMs = deps.nowMs();
  const make = (ear: messages.Ear) =>
    ears && !ears.includes(ear) ? undefined : messages.playback(room, { nowMs, ear, act });
  tellEach(room, messages.earOf, make, { except, replaces: `playback ${room.id}` });
  keepRateTold(deps, room);
}

/** Tells what the act of `actor` made; to one with cap `timeline` that is the confirmation (TL-3). */
export function tellActed(deps: Deps, room: Room, actor: Member, act: Act | undefined): void {
  tellPlayback(deps, room, { act, except: isPlain(actor) ? actor : undefined });
}

/** Tells one member what is on and where it stands now. */
export function tellWatch(deps: Deps, room: Room, member: Member): void {
  const extended = !isPlain(member);
  const parts = [
    messages.content(room, extended),
    messages.playback(room, { nowMs: deps.nowMs(), ear: messages.earOf(member), anew: true }),
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
    const plain = () => must(messages.playback(room, { nowMs, ear: 'plain', anew: true }));
    tell(room, { cap: 'timeline', plain });
    keepRateTold(deps, room);
  }, RATE_TICK_MS);
}

function needsRateTold(room: Room): boolean {
  const { timeline } = room.state;
  if (!timeline?.playing || timeline.rate === 1 || stands(room)) return false;
  for (const member of room.members.values()) if (member.session && isPlain(member)) return true;
  return false;
}

function must(message: ServerMessage | undefined): ServerMessage {
  if (!message) throw new Error('nothing to tell');
  return message;
}
