import type { ClientPayload } from '../../protocol/index.ts';
import { ProtocolError } from '../protocol-error.ts';
import { ban, requireProvenHost } from '../rooms/access.ts';
import { sendAccessToHost } from '../rooms/host-proof.ts';
import { broadcastRoles } from '../rooms/host.ts';
import { kick } from '../rooms/members.ts';
import { addNotice } from '../rooms/notices.ts';
import { onMemberGone } from '../rooms/room-lifetime.ts';
import { reevaluate } from '../rooms/start-barrier.ts';
import type { MessageContext } from './message-context.ts';

export function setLock(context: MessageContext, { locked }: ClientPayload<'room/set_lock'>): void {
  requireProvenHost(context);
  const { deps, room, member } = context;
  if (room.state.locked === locked) return;
  room.state.locked = locked;
  broadcastRoles(room);
  sendAccessToHost(room);
  addNotice(deps, room, { kind: 'lock', by: member.peer, locked });
}

/** Locks the room in the same act: a removed member could come back by the link under another name (MOD-3). */
export function removeMember(context: MessageContext, { userId }: ClientPayload<'room/remove'>): void {
  requireProvenHost(context);
  const { deps, room, member, receivedAtMs } = context;
  const { state } = room;
  if (userId === member.peer.userId) throw new ProtocolError('bad_request', 'to go yourself, leave');
  const target = room.members.get(userId);
  if (!target) throw new ProtocolError('peer_not_found', 'nobody of this userId is in the room');
  ban(room, target, member, receivedAtMs);
  kick(room, target, member.peer.userId);
  const locks = !state.locked;
  state.locked = true;
  if (locks) broadcastRoles(room);
  const what = { about: target.peer, by: member.peer, ...(locks && { locked: true }) };
  addNotice(deps, room, { kind: 'removed', ...what });
  reevaluate(deps, room);
  onMemberGone(deps, room);
}
