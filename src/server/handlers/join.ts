import { CAPS, CLOSE, type Cap, type ClientPayload } from '../../protocol/index.ts';
import { andThen, type MaybePromise } from '../maybe-promise.ts';
import { Refusal } from '../refusal.ts';
import { forgetWhoMayEnter, giveKey, isKeyOf, opens, refuseStranger, wrongKey } from '../rooms/access.ts';
import { historyBytes } from '../rooms/chat-log.ts';
import { review } from '../rooms/hold.ts';
import { history } from '../rooms/history.ts';
import { isMaker, tellAccess } from '../rooms/host-proof.ts';
import { joined } from '../rooms/messages.ts';
import { announce, announceRename, saidToBeHere } from '../rooms/notices.ts';
import { putOut, seat, tellArrival, tellRoles, type Context } from '../rooms/presence.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import { guard } from '../rooms/resume-tokens.ts';
import { present, save, type Member, type Room, type Session } from '../rooms/room.ts';
import { tellOne } from '../rooms/telling.ts';
import { keepRateTold, tellContent, tellPlayback, tellWatch } from '../rooms/watch-telling.ts';
import { chargeTold, refuseAfter } from './charge.ts';
import { isBlank } from '../rooms/state.ts';
import { takeUp, type Comer, type TakenUp } from './take-up.ts';

type Payload = ClientPayload<'room/join'>;

/** A join tells the others about so much, and the joiner who they are. */
const BYTES_PER_MEMBER = 256;
/** Joining again and again tells everything each time (LIM-10). */
const JOIN_COST = 2;
const REJOIN_COST = 5;

/** Lets a connection into a room, making it when there is none; `done` runs once the joiner has been answered. */
export function join(
  rooms: RoomRegistry,
  session: Session,
  payload: Payload,
  done: () => void,
): MaybePromise<void> {
  const { context } = rooms;
  const { roomsPerConnection } = context.limits;
  const comer = readComer(session, payload);
  const isIn = session.members.has(payload.roomId);
  if (!isIn && session.members.size >= roomsPerConnection) {
    throw new Refusal('bad_request', `a connection can be in ${roomsPerConnection} rooms`);
  }
  const again = isIn || session.joins >= roomsPerConnection;
  refuseAfter(session.budget.take('joins', context.nowMs(), again ? REJOIN_COST : JOIN_COST));
  session.joins += 1;
  if (!isIn && !isKeyOf(payload.roomId, comer.key)) throw refusedKey(session);
  return andThen(rooms.open(payload.roomId, session), (room) => {
    try {
      refuseUnlessFree(context, room, comer);
    } catch (error) {
      rooms.closeUnentered(room);
      throw error;
    }
    enter(context, room, comer, done);
  });
}

function readComer(session: Session, payload: Payload): Comer {
  const { client, resumeToken, snapshot, key, access } = payload;
  const caps = knownCaps(payload.caps);
  return {
    session,
    client,
    caps,
    resumeToken,
    key: caps.has('key') ? key : undefined,
    snapshot: caps.has('resume') ? snapshot : undefined,
    access: caps.has('host_proof') ? access : undefined,
  };
}

function enter(context: Context, room: Room, comer: Comer, done: () => void): void {
  const { session, client, caps, resumeToken } = comer;
  const knewHistory = session.members.get(room.id)?.caps.has('history') ?? false;
  if (comer.key !== undefined && takesKey(context, room, comer.snapshot !== undefined)) {
    giveKey(room.state, comer.key);
    putOutAll(context, room, [...room.members.values()], client.userId);
    forgetWhoMayEnter(room);
    room.state.hostUserId = null;
  }
  const taken = takeUp(context, room, comer);
  putOutAll(context, room, taken.intruders, client.userId);

  const nameBefore = room.members.get(client.userId)?.peer.displayName;
  const { member, arrival, renamed } = seat(room, session, client, caps);
  const token = caps.has('resume') ? guard(room, client.userId, resumeToken, context.randomId) : undefined;
  save(context, room);
  tellOne(member, joined(room, member, token));
  tellWatch(context, room, member);
  if (caps.has('history') && !knewHistory) {
    const { history: messages, notices } = room.state;
    for (const part of history(room, member, { messages, notices })) tellOne(member, part);
  }
  done();
  tellArrival(room, member, arrival, renamed);
  announceRename(context, room, member, nameBefore);
  // Who remembers this life of the room has been here; a server that forgot it is not to greet them again.
  if (arrival === 'new' && !(saidToBeHere(room.state, client.userId) ?? taken.remembers)) {
    announce(context, room, { kind: 'joined', about: client });
  }
  tellTakenUp(context, room, member, taken);
  review(context, room);
  keepRateTold(context, room);
  tellAccess(room);
}

function tellTakenUp(context: Context, room: Room, member: Member, { adopts, becameHost }: TakenUp): void {
  if (adopts) {
    tellContent(room, member);
    tellPlayback(context, room, { except: member });
  }
  if (!becameHost || room.members.size === 1) return;
  tellRoles(room);
  announce(context, room, { kind: 'host', about: member.peer });
}

/** How long after its start a server may still meet rooms that it has forgotten, whose members come one after the other. */
const FORGOTTEN_FOR_MS = 120_000;

/**
 * A room gets its key from whoever makes it. After a restart somebody without the key may have come first: then from the
 * first who remembers the room, and those inside, who did not show it, are put out (KEY-1, KEY-3).
 */
function takesKey(context: Context, { pristine, state }: Room, remembers: boolean): boolean {
  if (state.keyHash !== null) return false;
  const isForgotten = context.nowMs() - context.startedAtMs < FORGOTTEN_FOR_MS;
  return pristine || (isForgotten && remembers && isBlank(state));
}

function putOutAll(context: Context, room: Room, members: readonly Member[], byUserId: string): void {
  for (const member of members) {
    putOut(room, member, byUserId);
    announce(context, room, { kind: 'removed', about: member.peer });
  }
}

function refuseUnlessFree(context: Context, room: Room, comer: Comer): void {
  const { session, client, resumeToken, key } = comer;
  const { userId } = client;
  const mine = session.members.get(room.id);
  if (mine && mine.peer.userId !== userId) {
    throw new Refusal('bad_request', 'this connection is in the room as somebody else; leave first');
  }
  // Who is in the room on this very connection has shown all of it already.
  if (!mine) {
    if (!opens(room.state, key)) throw refusedKey(session);
    const makes = key !== undefined && takesKey(context, room, comer.snapshot !== undefined);
    if (!makes && (room.state.proven || !isMaker(room.state, comer))) {
      refuseStranger(room, { userId, address: session.address, resumeToken, key }, context.nowMs());
    }
  }
  if (!room.members.has(userId) && room.members.size >= context.limits.roomMembers) {
    throw new Refusal('bad_request', `the room is full (${context.limits.roomMembers} members)`);
  }
  refuseCrowd(room, comer);
  const history = comer.caps.has('history') && !mine?.caps.has('history') ? historyBytes(room.state) : 0;
  chargeTold(session, history + present(room).length * 2 * BYTES_PER_MEMBER, context.nowMs());
}

/** From this many on, names that have come and gone are more than a party has. */
const CROWD = 50;

/** Each new name can make the room forget the token of somebody who has gone (RES-6). */
function refuseCrowd({ state, members }: Room, { session, client, caps }: Comer): void {
  const isNew = caps.has('resume') && !state.guards.has(client.userId);
  if (isNew && state.guards.size - members.size >= CROWD) refuseAfter(session.account.take('identities'));
}

/** Whoever guesses has its connections closed (KEY-4). */
function refusedKey(session: Session): Refusal {
  if (session.account.take('wrong_keys') > 0) {
    session.close(CLOSE.policyViolation, 'too many joins with a wrong key');
  }
  return wrongKey();
}

// Most members announce the same caps, so they share one set.
const capSets = new Map<string, ReadonlySet<Cap>>();

/** A hold is told by the timeline's `seq`, reactions by the ids of messages, notices among the history (CAP-4). */
const RESTS_ON: Partial<Record<Cap, Cap>> = {
  hold: 'timeline',
  reactions: 'history',
  notices: 'history',
  host_proof: 'key',
  renames: 'notices',
};

function knownCaps(announced: readonly string[] = []): ReadonlySet<Cap> {
  const has = (cap: Cap): boolean => {
    const other = RESTS_ON[cap];
    return announced.includes(cap) && (other === undefined || has(other));
  };
  const known = CAPS.filter(has);
  const set = capSets.get(known.join()) ?? new Set(known);
  capSets.set(known.join(), set);
  return set;
}
