import { broadcastBy } from './broadcast.ts';
import { roles } from './messages.ts';
import { addNotice } from './notices.ts';
import type { Deps, Room } from './room.ts';

/** Makes the longest-present member host once the host has gone for good (ROLE-2). */
export function electHost(deps: Deps, room: Room): void {
  const { state, members } = room;
  if (state.hostUserId !== null && members.has(state.hostUserId)) return;
  const everyone = [...members.values()];
  const successor = everyone.find(({ connection }) => connection) ?? everyone[0];
  state.hostUserId = successor?.peer.userId ?? null;
  if (!successor) return;
  broadcastRoles(room);
  addNotice(deps, room, { kind: 'host', about: successor.peer });
}

export function broadcastRoles(room: Room): void {
  const { hostUserId } = room.state;
  if (hostUserId === null) return;
  // Keyed by the set: most members announce the same caps, and those share one.
  broadcastBy(
    room,
    ({ caps }) => caps,
    (caps) => (caps.has('roles') ? roles(room, hostUserId, caps) : undefined),
  );
}
