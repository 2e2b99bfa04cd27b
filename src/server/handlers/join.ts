import { CAPS, type Cap, type ClientPayload } from '../../protocol/index.ts';
import { andThen, type MaybePromise } from '../maybe-promise.ts';
import { Refusal } from '../refusal.ts';
import { guard, mayBe } from '../rooms/guards.ts';
import { endHold, review } from '../rooms/hold.ts';
import { history } from '../rooms/history.ts';
import { joined } from '../rooms/messages.ts';
import { announce, saidToBeHere } from '../rooms/notices.ts';
import { seat, tellArrival, type Context } from '../rooms/presence.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import { save, type Room, type Session } from '../rooms/room.ts';
import { adoptSnapshot, isBlank, isNewer } from '../rooms/state.ts';
import { tellOne } from '../rooms/telling.ts';
import { keepRateTold, tellContent, tellPlayback, tellWatch } from '../rooms/watch-telling.ts';

type Payload = ClientPayload<'room/join'>;

/** Lets a connection into a room, making it when there is none; `done` runs once the joiner has been answered. */
export function join(
  rooms: RoomRegistry,
  session: Session,
  payload: Payload,
  done: () => void,
): MaybePromise<void> {
  const { roomsPerConnection } = rooms.context.limits;
  if (!session.members.has(payload.roomId) && session.members.size >= roomsPerConnection) {
    throw new Refusal('bad_request', `a connection can be in ${roomsPerConnection} rooms`);
  }
  return andThen(rooms.open(payload.roomId), (room) => enter(rooms.context, room, session, payload, done));
}

function enter(context: Context, room: Room, session: Session, payload: Payload, done: () => void): void {
  const { client, resumeToken: presented, snapshot } = payload;
  const { userId } = client;
  refuseUnlessFree(context, room, session, payload);
  const caps = knownCaps(payload.caps);
  const remembered = caps.has('resume') ? snapshot : undefined;
  const adopts =
    remembered !== undefined && (room.pristine || isBlank(room.state) || isNewer(room.state, remembered));
  // Those who are in the room already were told which life of it this is.
  const epoch = room.pristine ? remembered?.epoch : room.state.epoch;
  if (adopts) {
    endHold(room);
    adoptSnapshot(room.state, { ...remembered, epoch: epoch ?? remembered.epoch }, userId, context.nowMs());
  }

  const { member, arrival, renamed } = seat(room, session, client, caps);
  const token = caps.has('resume') ? guard(room.state, userId, presented, context.randomId) : undefined;
  save(context, room);
  tellOne(member, joined(room, member, token));
  tellWatch(context, room, member);
  if (caps.has('history')) {
    const { history: messages, notices } = room.state;
    for (const part of history(room, member, { messages, notices })) tellOne(member, part);
  }
  done();
  tellArrival(room, member, arrival, renamed);
  // Who remembers this life of the room has been here; a server that forgot it is not to greet them again.
  const remembers = adopts || remembered?.epoch === room.state.epoch;
  if (arrival === 'new' && !(saidToBeHere(room.state, userId) ?? remembers)) {
    announce(context, room, { kind: 'joined', about: client });
  }
  if (adopts) {
    tellContent(room, member);
    tellPlayback(context, room, { except: member });
  }
  review(context, room);
  keepRateTold(context, room);
}

function refuseUnlessFree(context: Context, room: Room, session: Session, payload: Payload): void {
  const { userId } = payload.client;
  const mine = session.members.get(room.id);
  if (mine && mine.peer.userId !== userId) {
    throw new Refusal('bad_request', 'this connection is in the room as somebody else; leave first');
  }
  // Who is in the room on this very connection has shown the token already.
  if (!mine && !mayBe(room.state, userId, payload.resumeToken)) {
    throw new Refusal('unauthorized', 'this userId belongs to a member who can prove it');
  }
  if (!room.members.has(userId) && room.members.size >= context.limits.roomMembers) {
    throw new Refusal('bad_request', `the room is full (${context.limits.roomMembers} members)`);
  }
}

// Most members announce the same caps, so they share one set.
const capSets = new Map<string, ReadonlySet<Cap>>();

/** A hold is told by the timeline's `seq`, reactions by the ids of messages, notices among the history (CAP-4). */
const RESTS_ON: Partial<Record<Cap, Cap>> = { hold: 'timeline', reactions: 'history', notices: 'history' };

function knownCaps(announced: readonly string[] = []): ReadonlySet<Cap> {
  const has = (cap: Cap) => announced.includes(cap);
  const known = CAPS.filter((cap) => has(cap) && has(RESTS_ON[cap] ?? cap));
  const set = capSets.get(known.join()) ?? new Set(known);
  capSets.set(known.join(), set);
  return set;
}
