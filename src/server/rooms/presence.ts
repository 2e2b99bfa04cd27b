import { CLOSE, type Cap, type Media, type Peer } from '../../protocol/index.ts';
import { endHold, review } from './hold.ts';
import { tellAccess } from './host-proof.ts';
import { peerJoined, peerLeft, roles } from './messages.ts';
import { announce } from './notices.ts';
import { tellState } from './reports.ts';
import { forget, save, type Deps, type Member, type Room, type Session } from './room.ts';
import { isUnused } from './state.ts';
import { tell, tellAll, tellEach, tellOne } from './telling.ts';

/** What presence needs besides: the registry, of which a room that ends takes its leave. */
export interface Context extends Deps {
  drop: (room: Room) => void;
  /** When this server began: what it has forgotten, it has forgotten since. */
  startedAtMs: number;
}

/** How someone came to be a member, which decides what the others are told. */
export type Arrival = 'new' | 'again' | 'back' | 'replacing';

const OUT_OF_CALL: Media = { inCall: false, microphone: false, camera: false };

/** Seats a member; checks nothing. */
export function seat(
  room: Room,
  session: Session,
  peer: Peer,
  caps: ReadonlySet<Cap>,
): { member: Member; arrival: Arrival; renamed: boolean } {
  room.cancelEnd?.();
  room.cancelEnd = null;
  room.emptySinceMs = null;
  room.pristine = false;
  room.state.hostUserId ??= peer.userId;
  const known = room.members.get(peer.userId);
  if (!known) {
    const member: Member = {
      peer,
      caps,
      session,
      report: { state: 'ready' },
      media: OUT_OF_CALL,
      saidMedia: false,
      excused: true,
      excusedUntilMs: 0,
      inVainAtMs: -Infinity,
      relays: null,
      endGrace: () => undefined,
    };
    room.members.set(peer.userId, member);
    session.members.set(room.id, member);
    return { member, arrival: 'new', renamed: false };
  }
  const renamed = known.peer.displayName !== peer.displayName;
  const before = known.session;
  known.endGrace();
  Object.assign(known, { peer, caps, session });
  session.members.set(room.id, known);
  if (before === session) return { member: known, arrival: 'again', renamed };
  known.report = { state: 'ready' };
  known.excused = true;
  room.unreported.delete(known);
  if (!before) return { member: known, arrival: 'back', renamed };
  before.members.delete(room.id);
  if (before.members.size === 0) before.close(CLOSE.replaced, 'joined from another connection');
  return { member: known, arrival: 'replacing', renamed };
}

/** Tells the others that a member is here (JOIN-5, LOSS-3, RES-5). */
export function tellArrival(room: Room, member: Member, arrival: Arrival, renamed: boolean): void {
  const joined = () => peerJoined(room, member.peer);
  if (arrival === 'new' || (arrival === 'again' && renamed)) tellAll(room, joined(), member);
  if (arrival === 'new' || arrival === 'again') return;
  if (arrival === 'replacing') {
    const plain = () => peerLeft(room, member.peer.userId);
    tell(room, { cap: 'member_state', plain, except: member });
  }
  tell(room, {
    cap: 'member_state',
    plain: joined,
    ...(renamed && { capped: joined }),
    except: member,
  });
  tellState(room, member);
}

/** The member's connection broke: its place is kept for the grace period (LOSS-1). */
export function lose(context: Context, room: Room, member: Member): void {
  member.session = null;
  member.report = { state: 'lost' };
  room.unreported.delete(member);
  tell(room, { cap: 'member_state', plain: () => peerLeft(room, member.peer.userId) });
  tellState(room, member);
  review(context, room);
  member.endGrace = context.setTimer(() => {
    remove(room, member);
    tell(room, { cap: 'member_state', capped: () => peerLeft(room, member.peer.userId) });
    announce(context, room, { kind: 'left', about: member.peer });
    settle(context, room);
  }, context.limits.graceMs);
}

/** The member left of its own will. */
export function leave(context: Context, room: Room, member: Member): void {
  member.session?.members.delete(room.id);
  remove(room, member);
  tellAll(room, peerLeft(room, member.peer.userId));
  announce(context, room, { kind: 'left', about: member.peer });
  review(context, room);
  settle(context, room);
}

/** The member has to go: by the host, or because it has no key to a room that got one. */
export function putOut(room: Room, member: Member, byUserId: string): void {
  const { session, caps, peer } = member;
  member.endGrace();
  session?.members.delete(room.id);
  remove(room, member);
  if (caps.has('moderation')) {
    tellOne(member, { type: 'room/removed', payload: { roomId: room.id, byUserId } });
  } else {
    const message = 'you were removed from the room';
    tellOne(member, { type: 'error', payload: { code: 'unauthorized', message } });
  }
  const left = () => peerLeft(room, peer.userId);
  // Of somebody whose connection was lost, plain v1 members were told so already.
  tell(room, { cap: 'member_state', capped: left, ...(session && { plain: left }) });
}

function remove(room: Room, member: Member): void {
  room.members.delete(member.peer.userId);
  room.unreported.delete(member);
}

/** After someone has gone for good: the room has a host if it has members, and an end if it has none. */
export function settle(context: Context, room: Room): void {
  succeed(context, room);
  tellAccess(room);
  save(context, room);
  if (room.members.size > 0) return;
  room.emptySinceMs = context.nowMs();
  if (isUnused(room.state)) end(context, room);
  else endLater(context, room);
}

/** Makes the longest-present member host when the host has gone for good (ROLE-2). */
function succeed(context: Context, room: Room): void {
  const { state, members } = room;
  if (state.hostUserId !== null && members.has(state.hostUserId)) return;
  const everyone = [...members.values()];
  const successor = everyone.find(({ session }) => session) ?? everyone[0];
  state.hostUserId = successor?.peer.userId ?? null;
  if (!successor) return;
  tellRoles(room);
  announce(context, room, { kind: 'host', about: successor.peer });
}

export function tellRoles(room: Room): void {
  const { hostUserId } = room.state;
  if (hostUserId === null) return;
  // Most members announce the same caps, and those share one set.
  tellEach(
    room,
    ({ caps }) => caps,
    (caps) => (caps.has('roles') ? roles(room, hostUserId, caps) : undefined),
  );
}

/** Ends the room unless somebody joins within its grace period. */
export function endLater(context: Context, room: Room): void {
  room.cancelEnd?.();
  room.cancelEnd = context.setTimer(() => end(context, room), context.limits.roomGraceMs);
}

/** Ends a room that nobody is in. */
export function end(context: Context, room: Room): void {
  room.cancelEnd?.();
  room.cancelFlush?.();
  room.cancelRateTick?.();
  endHold(room);
  room.uncount();
  context.drop(room);
  forget(context, room);
}
