import {
  certificateIn,
  type Cap,
  type Peer,
  type RoomAccess,
  type RoomSnapshot,
} from '../../protocol/index.ts';
import { endHold } from '../rooms/hold.ts';
import { intruders, isMaker, restoreAccess } from '../rooms/host-proof.ts';
import type { Context } from '../rooms/presence.ts';
import { mayBe } from '../rooms/resume-tokens.ts';
import type { Member, Room, Session } from '../rooms/room.ts';
import { adoptSnapshot, isBlank, isNewer } from '../rooms/state.ts';

/** A join, as far as its sender's caps let it be read (CAP-2). */
export interface Comer {
  session: Session;
  client: Peer;
  caps: ReadonlySet<Cap>;
  resumeToken: string | undefined;
  key: string | undefined;
  snapshot: RoomSnapshot | undefined;
  access: RoomAccess | undefined;
}

/** What a joiner brought back to a server that has forgotten the room. */
export interface TakenUp {
  /** The room is now as the joiner remembers it. */
  adopts: boolean;
  /** The joiner has been in this life of the room before. */
  remembers: boolean;
  /** The joiner has proved to have made the room. */
  becameHost: boolean;
  /** Members who would not be in, had the server remembered. */
  intruders: readonly Member[];
}

/**
 * Takes up what a joiner remembers of the room (RES-7 to RES-9). The first who proves to have made it is believed over all who
 * came before (PROOF-4); until somebody has, the others cannot be told from whoever was removed (PROOF-5).
 */
export function takeUp(context: Context, room: Room, comer: Comer): TakenUp {
  const { state, pristine } = room;
  const { snapshot, access, client } = comer;
  const nowMs = context.nowMs();
  const proves = !state.proven && isMaker(state, comer);
  const adopts = snapshot !== undefined && (proves || pristine || isBlank(state) || isNewer(state, snapshot));
  // Those who are in the room already were told which life of it this is.
  const epoch = pristine ? snapshot?.epoch : state.epoch;
  if (adopts) {
    endHold(room);
    // Whoever is in has counted on from what the server told.
    const seq = pristine || !proves ? snapshot.seq : Math.max(snapshot.seq, state.seq + 1);
    adoptSnapshot(state, { ...snapshot, seq, epoch: epoch ?? snapshot.epoch }, client.userId, nowMs);
  }
  const isForgotten = pristine && (adopts || certificateIn(room.id) !== null);
  if (isForgotten && state.keyHash !== null && !proves && !state.proven)
    room.unprovenUntilMs = nowMs + context.limits.graceMs;
  const strangers = proves && access ? proveHost(room, comer) : [];
  const remembers = adopts || snapshot?.epoch === state.epoch;
  return { adopts, remembers, becameHost: proves, intruders: strangers };
}

/** Makes the joiner host of the room it made, with those in it whom it lets in. */
function proveHost(room: Room, { client: { userId }, access, resumeToken }: Comer): Member[] {
  if (!access) return [];
  const { state } = room;
  const strangers = intruders(room, access).filter(({ peer }) => peer.userId !== userId);
  restoreAccess(state, access);
  // Whoever took its name meanwhile cannot have proved it.
  state.barred.delete(userId);
  if (!mayBe(state, userId, resumeToken)) state.guards.delete(userId);
  state.proven = true;
  state.hostUserId = userId;
  room.hostSecret = access.hostSecret;
  room.unprovenUntilMs = 0;
  return strangers;
}
