import type { ClientMessage } from '../../protocol/index.ts';
import type { ClientConnection, Member, Room, RoomDeps } from '../rooms/room.ts';

/** A message that is for a room its sender must be in. */
export type RoomMessage = Exclude<ClientMessage, { type: 'room/join' | 'clock/ping' }>;

/** One message from a member of a room, as its handler gets it. */
export interface MessageContext {
  deps: RoomDeps;
  connection: ClientConnection;
  room: Room;
  member: Member;
  receivedAtMs: number;
}
