import {
  certificateIn,
  type Cap,
  type Peer,
  type RoomAccess,
  type RoomSnapshot,
} from '../../protocol/index.ts';
import { hasHostSecret, intruders, restoreAccess } from '../rooms/host-proof.ts';
import { verifyToken } from '../rooms/resume-tokens.ts';
import type { ClientConnection, Member, Room, RoomDeps } from '../rooms/room.ts';
import { endHold } from '../rooms/start-barrier.ts';
import { adoptSnapshot, isEmpty, isNewer } from '../rooms/state.ts';

/** A join, as far as its sender's caps let it be read (CAP-2). */
export interface JoinRequest {
  connection: ClientConnection;
  client: Peer;
  caps: ReadonlySet<Cap>;
  resumeToken: string | undefined;
  key: string | undefined;
  snapshot: RoomSnapshot | undefined;
  access: RoomAccess | undefined;
}

/** The parts of a forgotten room that a joiner brought back. */
export interface Recovery {
  /** The joiner's snapshot replaced the room's state. */
  adoptsSnapshot: boolean;
  /** The joiner was in this life of the room before. */
  knowsEpoch: boolean;
  /** The joiner has proved that it made the room. */
  becameHost: boolean;
  /** Members that a server with its memory would have refused. */
  intruders: readonly Member[];
}

/**
 * Recovers a forgotten room from a joiner (RES-7 to RES-9). The first proof of having made it outweighs all members
 * before (PROOF-4); without one, removed members cannot be told from the others (PROOF-5).
 */
export function recoverRoom(deps: RoomDeps, room: Room, request: JoinRequest): Recovery {
  const { state, isNew } = room;
  const { snapshot, access, client } = request;
  const nowMs = deps.nowMs();
  const proves = !state.proven && hasHostSecret(state, request);
  const adoptsSnapshot =
    snapshot !== undefined && (proves || isNew || isEmpty(state) || isNewer(state, snapshot));
  // Present members know the room by its current epoch.
  const epoch = isNew ? snapshot?.epoch : state.epoch;
  if (adoptsSnapshot) {
    endHold(room);
    // Present members have counted on from this server's `seq`.
    const seq = isNew || !proves ? snapshot.seq : Math.max(snapshot.seq, state.seq + 1);
    adoptSnapshot(state, { ...snapshot, seq, epoch: epoch ?? snapshot.epoch }, client.userId, nowMs);
  }
  const isForgotten = isNew && (adoptsSnapshot || certificateIn(room.id) !== null);
  if (isForgotten && state.keyHash !== null && !proves && !state.proven)
    room.unprovenUntilMs = nowMs + deps.limits.graceMs;
  const strangers = proves && access ? acceptHostProof(room, request) : [];
  const knowsEpoch = adoptsSnapshot || snapshot?.epoch === state.epoch;
  return { adoptsSnapshot, knowsEpoch, becameHost: proves, intruders: strangers };
}

/** Makes the joiner host of its own room and returns the members that its access rules refuse. */
function acceptHostProof(room: Room, { client: { userId }, access, resumeToken }: JoinRequest): Member[] {
  if (!access) return [];
  const { state } = room;
  const strangers = intruders(room, access).filter(({ peer }) => peer.userId !== userId);
  restoreAccess(state, access);
  // An impostor that took its name meanwhile cannot have proved it.
  state.barred.delete(userId);
  if (!verifyToken(state, userId, resumeToken)) state.guards.delete(userId);
  state.proven = true;
  state.hostUserId = userId;
  room.hostSecret = access.hostSecret;
  room.unprovenUntilMs = 0;
  return strangers;
}
