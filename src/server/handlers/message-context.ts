import type { ClientMessage } from '../../protocol/index.ts';
import type { ClientConnection, Member, Room, RoomDeps } from '../rooms/room.ts';

/** A message that its sender may send only inside the room. */
export type RoomMessage = Exclude<ClientMessage, { type: 'room/join' | 'clock/ping' }>;

/** The context of one message from a member of a room. */
export interface MessageContext {
  deps: RoomDeps;
  connection: ClientConnection;
  room: Room;
  member: Member;
  receivedAtMs: number;
}
