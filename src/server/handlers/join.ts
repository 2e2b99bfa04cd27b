import { CAPS, CLOSE, type Cap, type ClientPayload } from '../../protocol/index.ts';
import { andThen, type MaybePromise } from '../maybe-promise.ts';
import { ProtocolError } from '../protocol-error.ts';
import {
  authorizeJoin,
  keyMatches,
  nameAllowsKey,
  resetAccess,
  setKey,
  wrongKeyError,
} from '../rooms/access.ts';
import { sendTo } from '../rooms/broadcast.ts';
import { historyBytes } from '../rooms/chat-log.ts';
import { historyMessages } from '../rooms/history.ts';
import { hasHostSecret, sendAccessToHost } from '../rooms/host-proof.ts';
import { broadcastRoles } from '../rooms/host.ts';
import { addMember, broadcastJoin, kick } from '../rooms/members.ts';
import { joined } from '../rooms/messages.ts';
import { addNotice, addRenameNotice, isAnnouncedPresent } from '../rooms/notices.ts';
import {
  broadcastContent,
  broadcastPlayback,
  sendContentAndPlayback,
  startRateUpdates,
} from '../rooms/playback-broadcast.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import { issueToken } from '../rooms/resume-tokens.ts';
import {
  connectedMembers,
  save,
  type ClientConnection,
  type Member,
  type Room,
  type RoomDeps,
} from '../rooms/room.ts';
import { reevaluate } from '../rooms/start-barrier.ts';
import { isEmpty } from '../rooms/state.ts';
import { chargeFanOut, throwIfLimited } from './charge.ts';
import { recoverRoom, type JoinRequest, type Recovery } from './recovery.ts';

type Payload = ClientPayload<'room/join'>;

/** Bytes that a join sends to each other member, and per member to the joiner. */
const BYTES_PER_MEMBER = 256;
/** A repeated join sends everything again (LIM-10). */
const JOIN_COST = 2;
const REJOIN_COST = 5;

/** Lets a connection into a room and makes a missing one; `done` runs after the answer. */
export function join(
  rooms: RoomRegistry,
  connection: ClientConnection,
  payload: Payload,
  done: () => void,
): MaybePromise<void> {
  const { deps } = rooms;
  const { roomsPerConnection } = deps.limits;
  const request = readRequest(connection, payload);
  const isIn = connection.members.has(payload.roomId);
  if (!isIn && connection.members.size >= roomsPerConnection) {
    throw new ProtocolError('bad_request', `a connection can be in ${roomsPerConnection} rooms`);
  }
  const again = isIn || connection.joinCount >= roomsPerConnection;
  throwIfLimited(connection.budget.take('joins', deps.nowMs(), again ? REJOIN_COST : JOIN_COST));
  connection.joinCount += 1;
  if (!isIn && !nameAllowsKey(payload.roomId, request.key)) throw countWrongKey(connection);
  return andThen(rooms.open(payload.roomId, connection), (room) => {
    try {
      checkJoin(deps, room, request);
    } catch (error) {
      rooms.closeUnentered(room);
      throw error;
    }
    admit(deps, room, request, done);
  });
}

function readRequest(connection: ClientConnection, payload: Payload): JoinRequest {
  const { client, resumeToken, snapshot, key, access } = payload;
  const caps = knownCaps(payload.caps);
  return {
    connection,
    client,
    caps,
    resumeToken,
    key: caps.has('key') ? key : undefined,
    snapshot: caps.has('resume') ? snapshot : undefined,
    access: caps.has('host_proof') ? access : undefined,
  };
}

function admit(deps: RoomDeps, room: Room, request: JoinRequest, done: () => void): void {
  const { connection, client, caps, resumeToken } = request;
  const knewHistory = connection.members.get(room.id)?.caps.has('history') ?? false;
  if (request.key !== undefined && maySetKey(deps, room, request.snapshot !== undefined)) {
    setKey(room.state, request.key);
    kickAll(deps, room, [...room.members.values()], client.userId);
    resetAccess(room);
    room.state.hostUserId = null;
  }
  const recovery = recoverRoom(deps, room, request);
  kickAll(deps, room, recovery.intruders, client.userId);

  const nameBefore = room.members.get(client.userId)?.peer.displayName;
  const { member, joinKind, renamed } = addMember(room, connection, client, caps);
  const token = caps.has('resume') ? issueToken(room, client.userId, resumeToken, deps.randomId) : undefined;
  save(deps, room);
  sendTo(member, joined(room, member, token));
  sendContentAndPlayback(deps, room, member);
  if (caps.has('history') && !knewHistory) {
    const { history: messages, notices } = room.state;
    for (const part of historyMessages(room, member, { messages, notices })) sendTo(member, part);
  }
  done();
  broadcastJoin(room, member, joinKind, renamed);
  addRenameNotice(deps, room, member, nameBefore);
  // A joiner that knows this life of the room was in it; a server that forgot it must not announce them again.
  if (joinKind === 'new' && !(isAnnouncedPresent(room.state, client.userId) ?? recovery.knowsEpoch)) {
    addNotice(deps, room, { kind: 'joined', about: client });
  }
  broadcastRecovery(deps, room, member, recovery);
  reevaluate(deps, room);
  startRateUpdates(deps, room);
  sendAccessToHost(room);
}

function broadcastRecovery(
  deps: RoomDeps,
  room: Room,
  member: Member,
  { adoptsSnapshot, becameHost }: Recovery,
): void {
  if (adoptsSnapshot) {
    broadcastContent(room, member);
    broadcastPlayback(deps, room, { except: member });
  }
  if (!becameHost || room.members.size === 1) return;
  broadcastRoles(room);
  addNotice(deps, room, { kind: 'host', about: member.peer });
}

/** Time after its start in which a server expects the members of rooms that it has forgotten. */
const RECOVERY_MS = 120_000;

/**
 * Whether this joiner's key becomes the room's. Its maker sets it (KEY-1). After a restart a member without the key
 * may have joined first; then the first joiner with a snapshot sets it, and the members inside are kicked (KEY-3).
 */
function maySetKey(deps: RoomDeps, { isNew, state }: Room, remembers: boolean): boolean {
  if (state.keyHash !== null) return false;
  const isForgotten = deps.nowMs() - deps.startedAtMs < RECOVERY_MS;
  return isNew || (isForgotten && remembers && isEmpty(state));
}

function kickAll(deps: RoomDeps, room: Room, members: readonly Member[], byUserId: string): void {
  for (const member of members) {
    kick(room, member, byUserId);
    addNotice(deps, room, { kind: 'removed', about: member.peer });
  }
}

function checkJoin(deps: RoomDeps, room: Room, request: JoinRequest): void {
  const { connection, client, resumeToken, key } = request;
  const { userId } = client;
  const mine = connection.members.get(room.id);
  if (mine && mine.peer.userId !== userId) {
    throw new ProtocolError('bad_request', 'this connection is in the room as somebody else; leave first');
  }
  // A member on this very connection has proved all of it already.
  if (!mine) {
    if (!keyMatches(room.state, key)) throw countWrongKey(connection);
    const makes = key !== undefined && maySetKey(deps, room, request.snapshot !== undefined);
    if (!makes && (room.state.proven || !hasHostSecret(room.state, request))) {
      authorizeJoin(room, { userId, address: connection.address, resumeToken, key }, deps.nowMs());
    }
  }
  if (!room.members.has(userId) && room.members.size >= deps.limits.roomMembers) {
    throw new ProtocolError('bad_request', `the room is full (${deps.limits.roomMembers} members)`);
  }
  limitNewNames(room, request);
  const history = request.caps.has('history') && !mine?.caps.has('history') ? historyBytes(room.state) : 0;
  chargeFanOut(connection, history + connectedMembers(room).length * 2 * BYTES_PER_MEMBER, deps.nowMs());
}

/** More past members than a party has. */
const MANY_PAST_MEMBERS = 50;

/** Limits new names: each can push the token of an absent member out of the room (RES-6). */
function limitNewNames({ state, members }: Room, { connection, client, caps }: JoinRequest): void {
  const isNew = caps.has('resume') && !state.guards.has(client.userId);
  if (isNew && state.guards.size - members.size >= MANY_PAST_MEMBERS)
    throwIfLimited(connection.account.take('identities'));
}

/** Closes the connection of a joiner that guesses keys (KEY-4). */
function countWrongKey(connection: ClientConnection): ProtocolError {
  if (connection.account.take('wrong_keys') > 0) {
    connection.close(CLOSE.policyViolation, 'too many joins with a wrong key');
  }
  return wrongKeyError();
}

// Most members announce the same caps, so they share one set.
const capSets = new Map<string, ReadonlySet<Cap>>();

/** A hold needs the timeline's `seq`, reactions need message ids, notices are part of the history (CAP-4). */
const REQUIRED_CAP: Partial<Record<Cap, Cap>> = {
  hold: 'timeline',
  reactions: 'history',
  notices: 'history',
  host_proof: 'key',
  renames: 'notices',
};

function knownCaps(announced: readonly string[] = []): ReadonlySet<Cap> {
  const has = (cap: Cap): boolean => {
    const other = REQUIRED_CAP[cap];
    return announced.includes(cap) && (other === undefined || has(other));
  };
  const known = CAPS.filter(has);
  const set = capSets.get(known.join()) ?? new Set(known);
  capSets.set(known.join(), set);
  return set;
}
