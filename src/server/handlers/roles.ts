import type { ClientPayload } from '../../protocol/index.ts';
import { Refusal } from '../refusal.ts';
import { review } from '../rooms/hold.ts';
import { tellAccess } from '../rooms/host-proof.ts';
import { announce } from '../rooms/notices.ts';
import { tellRoles } from '../rooms/presence.ts';
import type { Call } from './call.ts';
import { findPresent } from './relay.ts';

export function setControl(call: Call, { control }: ClientPayload<'room/set_control'>): void {
  refuseUnlessHost(call);
  const { state } = call.room;
  if (state.control === control) return;
  state.control = control;
  tellRoles(call.room);
  announce(call.context, call.room, { kind: 'control', by: call.member.peer, control });
}

export function setWaitPolicy(call: Call, { waitPolicy }: ClientPayload<'room/set_wait_policy'>): void {
  refuseUnlessHost(call);
  const { context, room, member } = call;
  if (room.state.waitPolicy === waitPolicy) return;
  room.state.waitPolicy = waitPolicy;
  tellRoles(room);
  announce(context, room, { kind: 'wait_policy', by: member.peer, waitPolicy });
  review(context, room);
}

export function handOver(call: Call, { toUserId }: ClientPayload<'room/hand_over'>): void {
  refuseUnlessSureHost(call);
  const { peer } = findPresent(call.room, toUserId);
  const { state } = call.room;
  if (state.hostUserId === peer.userId) return;
  state.hostUserId = peer.userId;
  tellRoles(call.room);
  tellAccess(call.room);
  announce(call.context, call.room, { kind: 'host', about: peer, by: call.member.peer });
}

export function refuseUnlessHost({ room, member }: Call): void {
  if (room.state.hostUserId !== member.peer.userId) {
    throw new Refusal('unauthorized', 'only the host can do this');
  }
}

/** For what cannot be undone: of a room that the server has forgotten, whoever comes first is host (PROOF-5). */
export function refuseUnlessSureHost(call: Call): void {
  refuseUnlessHost(call);
  const { room, receivedAtMs } = call;
  if (receivedAtMs >= room.unprovenUntilMs) return;
  const retryAfterMs = Math.ceil(room.unprovenUntilMs - receivedAtMs);
  throw new Refusal('unauthorized', 'the host may still come back; wait a moment', { retryAfterMs });
}
