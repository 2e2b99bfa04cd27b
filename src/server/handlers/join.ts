import { CAPS, CLOSE, type Cap, type ClientPayload } from '../../protocol/index.ts';
import { andThen, type MaybePromise } from '../maybe-promise.ts';
import { Refusal } from '../refusal.ts';
import { giveKey, opens, refuseStranger } from '../rooms/doors.ts';
import { guard } from '../rooms/guards.ts';
import { endHold, review } from '../rooms/hold.ts';
import { history } from '../rooms/history.ts';
import { joined } from '../rooms/messages.ts';
import { announce, announceRename, saidToBeHere } from '../rooms/notices.ts';
import { putOut, seat, tellArrival, type Context } from '../rooms/presence.ts';
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
  const caps = knownCaps(payload.caps);
  const key = caps.has('key') ? payload.key : undefined;
  refuseUnlessFree(context, room, session, payload, key);
  const remembered = caps.has('resume') ? snapshot : undefined;
  const adopts =
    remembered !== undefined && (room.pristine || isBlank(room.state) || isNewer(room.state, remembered));
  // Those who are in the room already were told which life of it this is.
  const epoch = room.pristine ? remembered?.epoch : room.state.epoch;
  if (key !== undefined && takesKey(room, remembered !== undefined)) {
    giveKey(room.state, key);
    putEverybodyOut(context, room, userId);
  }
  if (adopts) {
    endHold(room);
    adoptSnapshot(room.state, { ...remembered, epoch: epoch ?? remembered.epoch }, userId, context.nowMs());
  }

  const before = room.members.get(userId)?.peer.displayName;
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
  announceRename(context, room, member, before);
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

/**
 * A room gets its key from whoever makes it. After a restart somebody without the key may have come first: then from the
 * first who remembers the room, and those inside, who did not show it, are put out (KEY-1, KEY-3).
 */
function takesKey({ pristine, state }: Room, remembers: boolean): boolean {
  return state.keyHash === null && (pristine || (remembers && isBlank(state)));
}

function putEverybodyOut(context: Context, room: Room, byUserId: string): void {
  for (const member of [...room.members.values()]) {
    putOut(room, member, byUserId);
    announce(context, room, { kind: 'removed', about: member.peer });
  }
  room.state.hostUserId = null;
}

function refuseUnlessFree(
  context: Context,
  room: Room,
  session: Session,
  payload: Payload,
  key: string | undefined,
): void {
  const { client, resumeToken } = payload;
  const { userId } = client;
  const mine = session.members.get(room.id);
  if (mine && mine.peer.userId !== userId) {
    throw new Refusal('bad_request', 'this connection is in the room as somebody else; leave first');
  }
  // Who is in the room on this very connection has shown all of it already.
  if (!mine) {
    if (!opens(room.state, key) && context.wrongKey(session.address) > 0) {
      session.close(CLOSE.policyViolation, 'too many joins with a wrong key');
    }
    refuseStranger(room, { userId, resumeToken, key });
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
