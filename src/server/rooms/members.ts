import { CLOSE, OUT_OF_CALL, type Cap, type Peer } from '../../protocol/index.ts';
import { ProtocolError } from '../protocol-error.ts';
import { broadcast, broadcastToAll, sendTo } from './broadcast.ts';
import { peerJoined, peerLeft } from './messages.ts';
import { addNotice } from './notices.ts';
import { broadcastState } from './reports.ts';
import { onMemberGone } from './room-lifetime.ts';
import type { ClientConnection, Member, Room, RoomDeps } from './room.ts';
import { reevaluate } from './start-barrier.ts';

/** The way in which a member joined; it decides what the others are told. */
export type JoinKind = 'new' | 'again' | 'back' | 'replacing';

/** Adds a member, or a returning one's connection; checks nothing. */
export function addMember(
  room: Room,
  connection: ClientConnection,
  peer: Peer,
  caps: ReadonlySet<Cap>,
): { member: Member; joinKind: JoinKind; renamed: boolean } {
  room.cancelEnd?.();
  room.cancelEnd = null;
  room.emptySinceMs = null;
  room.isNew = false;
  room.state.hostUserId ??= peer.userId;
  const known = room.members.get(peer.userId);
  if (!known) {
    const member: Member = {
      peer,
      caps,
      connection,
      report: { state: 'ready' },
      media: OUT_OF_CALL,
      announcedMedia: false,
      excused: true,
      excusedUntilMs: 0,
      lastExcusedAtMs: -Infinity,
      relayBuckets: null,
      cancelGrace: () => undefined,
    };
    room.members.set(peer.userId, member);
    connection.members.set(room.id, member);
    return { member, joinKind: 'new', renamed: false };
  }
  const renamed = known.peer.displayName !== peer.displayName;
  const before = known.connection;
  known.cancelGrace();
  Object.assign(known, { peer, caps, connection });
  connection.members.set(room.id, known);
  if (before === connection) return { member: known, joinKind: 'again', renamed };
  known.report = { state: 'ready' };
  // A member that joined meanwhile was not told of it (RTC-3), and needs it even where it has not changed.
  known.announcedMedia = false;
  known.excused = true;
  room.pendingReports.delete(known);
  if (!before) return { member: known, joinKind: 'back', renamed };
  before.members.delete(room.id);
  if (before.members.size === 0) before.close(CLOSE.replaced, 'joined from another connection');
  return { member: known, joinKind: 'replacing', renamed };
}

/** Tells the others of a join (JOIN-5, LOSS-3, RES-5). */
export function broadcastJoin(room: Room, member: Member, joinKind: JoinKind, renamed: boolean): void {
  const joined = () => peerJoined(room, member.peer);
  if (joinKind === 'new' || (joinKind === 'again' && renamed)) broadcastToAll(room, joined(), member);
  if (joinKind === 'new' || joinKind === 'again') return;
  if (joinKind === 'replacing') {
    const plain = () => peerLeft(room, member.peer.userId);
    broadcast(room, { cap: 'member_state', plain, except: member });
  }
  broadcast(room, {
    cap: 'member_state',
    plain: joined,
    ...(renamed && { capped: joined }),
    except: member,
  });
  broadcastState(room, member);
}

/** Keeps the place of a member whose connection broke for the grace period (LOSS-1). */
export function onConnectionLost(deps: RoomDeps, room: Room, member: Member): void {
  member.connection = null;
  member.report = { state: 'lost' };
  room.pendingReports.delete(member);
  broadcast(room, { cap: 'member_state', plain: () => peerLeft(room, member.peer.userId) });
  broadcastState(room, member);
  reevaluate(deps, room);
  member.cancelGrace = deps.setTimer(() => {
    deleteMember(room, member);
    broadcast(room, { cap: 'member_state', capped: () => peerLeft(room, member.peer.userId) });
    addNotice(deps, room, { kind: 'left', about: member.peer });
    onMemberGone(deps, room);
  }, deps.limits.graceMs);
}

/** Removes a member that leaves by its own will. */
export function leave(deps: RoomDeps, room: Room, member: Member): void {
  member.connection?.members.delete(room.id);
  deleteMember(room, member);
  broadcastToAll(room, peerLeft(room, member.peer.userId));
  addNotice(deps, room, { kind: 'left', about: member.peer });
  reevaluate(deps, room);
  onMemberGone(deps, room);
}

/** Removes a member by force: the host's doing, or a missing key in a room that got one. */
export function kick(room: Room, member: Member, byUserId: string): void {
  const { connection, caps, peer } = member;
  member.cancelGrace();
  connection?.members.delete(room.id);
  deleteMember(room, member);
  if (caps.has('moderation')) {
    sendTo(member, { type: 'room/removed', payload: { roomId: room.id, byUserId } });
  } else {
    const message = 'you were removed from the room';
    sendTo(member, { type: 'error', payload: { code: 'unauthorized', message } });
  }
  const left = () => peerLeft(room, peer.userId);
  // Plain v1 members were told already that a lost member left.
  broadcast(room, { cap: 'member_state', capped: left, ...(connection && { plain: left }) });
}

function deleteMember(room: Room, member: Member): void {
  room.members.delete(member.peer.userId);
  room.pendingReports.delete(member);
}

/** Finds a connected member; throws `peer_not_found`. */
export function findConnected(room: Room, userId: string): Member {
  const member = room.members.get(userId);
  if (!member?.connection) throw new ProtocolError('peer_not_found', 'nobody of this userId is in the room');
  return member;
}
