import type { Context } from '../rooms/presence.ts';
import type { Member, Room, Session } from '../rooms/room.ts';

/** One message from a member of a room, as its handler gets it. */
export interface Call {
  context: Context;
  session: Session;
  room: Room;
  member: Member;
  receivedAtMs: number;
}
