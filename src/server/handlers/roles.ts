import type { ClientPayload } from '../../protocol/index.ts';
import { requireHost, requireProvenHost } from '../rooms/access.ts';
import { sendAccessToHost } from '../rooms/host-proof.ts';
import { broadcastRoles } from '../rooms/host.ts';
import { findConnected } from '../rooms/members.ts';
import { addNotice } from '../rooms/notices.ts';
import { reevaluate } from '../rooms/start-barrier.ts';
import type { MessageContext } from './message-context.ts';

export function setControl(context: MessageContext, { control }: ClientPayload<'room/set_control'>): void {
  requireHost(context);
  const { state } = context.room;
  if (state.control === control) return;
  state.control = control;
  broadcastRoles(context.room);
  addNotice(context.deps, context.room, { kind: 'control', by: context.member.peer, control });
}

export function setWaitPolicy(
  context: MessageContext,
  { waitPolicy }: ClientPayload<'room/set_wait_policy'>,
): void {
  requireHost(context);
  const { deps, room, member } = context;
  if (room.state.waitPolicy === waitPolicy) return;
  room.state.waitPolicy = waitPolicy;
  broadcastRoles(room);
  addNotice(deps, room, { kind: 'wait_policy', by: member.peer, waitPolicy });
  reevaluate(deps, room);
}

export function handOver(context: MessageContext, { toUserId }: ClientPayload<'room/hand_over'>): void {
  requireProvenHost(context);
  const { peer } = findConnected(context.room, toUserId);
  const { state } = context.room;
  if (state.hostUserId === peer.userId) return;
  state.hostUserId = peer.userId;
  broadcastRoles(context.room);
  sendAccessToHost(context.room);
  addNotice(context.deps, context.room, { kind: 'host', about: peer, by: context.member.peer });
}
