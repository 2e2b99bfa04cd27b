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

/** What a joiner brought back to a server that has forgotten the room. */
export interface Recovery {
  /** The room is now as the joiner remembers it. */
  adoptsSnapshot: boolean;
  /** The joiner has been in this life of the room before. */
  knowsEpoch: boolean;
  /** The joiner has proved to have made the room. */
  becameHost: boolean;
  /** Members who would not be in, had the server remembered. */
  intruders: readonly Member[];
}

/**
 * Takes up what a joiner remembers of the room (RES-7 to RES-9). The first who proves to have made it is believed over all who
 * came before (PROOF-4); until somebody has, the others cannot be told from whoever was removed (PROOF-5).
 */
export function recoverRoom(deps: RoomDeps, room: Room, request: JoinRequest): Recovery {
  const { state, isNew } = room;
  const { snapshot, access, client } = request;
  const nowMs = deps.nowMs();
  const proves = !state.proven && hasHostSecret(state, request);
  const adoptsSnapshot =
    snapshot !== undefined && (proves || isNew || isEmpty(state) || isNewer(state, snapshot));
  // Those who are in the room already were told which life of it this is.
  const epoch = isNew ? snapshot?.epoch : state.epoch;
  if (adoptsSnapshot) {
    endHold(room);
    // Whoever is in has counted on from what the server told.
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

/** Makes the joiner host of the room it made, with those in it whom it lets in. */
function acceptHostProof(room: Room, { client: { userId }, access, resumeToken }: JoinRequest): Member[] {
  if (!access) return [];
  const { state } = room;
  const strangers = intruders(room, access).filter(({ peer }) => peer.userId !== userId);
  restoreAccess(state, access);
  // Whoever took its name meanwhile cannot have proved it.
  state.barred.delete(userId);
  if (!verifyToken(state, userId, resumeToken)) state.guards.delete(userId);
  state.proven = true;
  state.hostUserId = userId;
  room.hostSecret = access.hostSecret;
  room.unprovenUntilMs = 0;
  return strangers;
}
