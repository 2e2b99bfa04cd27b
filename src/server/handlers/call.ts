import type { ClientMessage } from '../../protocol/index.ts';
import type { Context } from '../rooms/presence.ts';
import type { Member, Room, Session } from '../rooms/room.ts';

/** A message that is for a room its sender must be in. */
export type RoomMessage = Exclude<ClientMessage, { type: 'room/join' | 'clock/ping' }>;

/** One message from a member of a room, as its handler gets it. */
export interface Call {
  context: Context;
  session: Session;
  room: Room;
  member: Member;
  receivedAtMs: number;
}
