/**
 * What lies beyond v1, each named once. A new message type is sent only to a peer that announced its cap, and a new
 * field of a known message is read only from one that did (docs/protocol.md, CAP).
 */
export const CAPS = [
  'clock',
  'timeline',
  'member_state',
  'resume',
  'history',
  'roles',
  'hold',
  /** A room may have a key, which its members show at joining. */
  'key',
  /** Locking a room, and removing somebody. */
  'moderation',
  'typing',
  'reactions',
  /** What happened to the room, told among its chat. */
  'notices',
  /** Who is in the call, with what, and the servers that peer connections need. */
  'faces',
  /** Who made the room can prove it to a server that has forgotten the room. */
  'host_proof',
  /** Notices of the kind `renamed`. */
  'renames',
] as const;
export type Cap = (typeof CAPS)[number];
