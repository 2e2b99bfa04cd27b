import type { ClientPayload } from '../../protocol/index.ts';
import { Refusal } from '../refusal.ts';
import { bar } from '../rooms/access.ts';
import { review } from '../rooms/hold.ts';
import { tellAccess } from '../rooms/host-proof.ts';
import { announce } from '../rooms/notices.ts';
import { putOut, settle, tellRoles } from '../rooms/presence.ts';
import type { Call } from './call.ts';
import { refuseUnlessSureHost } from './roles.ts';

export function setLock(call: Call, { locked }: ClientPayload<'room/set_lock'>): void {
  refuseUnlessSureHost(call);
  const { context, room, member } = call;
  if (room.state.locked === locked) return;
  room.state.locked = locked;
  tellRoles(room);
  tellAccess(room);
  announce(context, room, { kind: 'lock', by: member.peer, locked });
}

/** A removed member would come back by the same link under another name, so the room is locked in the same act (MOD-3). */
export function removeMember(call: Call, { userId }: ClientPayload<'room/remove'>): void {
  refuseUnlessSureHost(call);
  const { context, room, member, receivedAtMs } = call;
  const { state } = room;
  if (userId === member.peer.userId) throw new Refusal('bad_request', 'to go yourself, leave');
  const target = room.members.get(userId);
  if (!target) throw new Refusal('peer_not_found', 'nobody of this userId is in the room');
  bar(room, target, member, receivedAtMs);
  putOut(room, target, member.peer.userId);
  const locks = !state.locked;
  state.locked = true;
  if (locks) tellRoles(room);
  const what = { about: target.peer, by: member.peer, ...(locks && { locked: true }) };
  announce(context, room, { kind: 'removed', ...what });
  review(context, room);
  settle(context, room);
}
