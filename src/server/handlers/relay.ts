import type { ClientMessage, ServerMessage } from '../../protocol/index.ts';
import { Refusal } from '../refusal.ts';
import type { Member, Room } from '../rooms/room.ts';
import { tellOne } from '../rooms/telling.ts';
import type { Call } from './call.ts';

export type RelayMessage = Extract<ClientMessage, { type: `webrtc/${string}` }>;

/** Passes a WebRTC message to the one it is for, untouched. */
export function relay(call: Call, message: RelayMessage): void {
  const receiver = findPresent(call.room, message.payload.toUserId);
  tellOne(receiver, relayed(message, call.member.peer.userId));
}

function relayed(message: RelayMessage, fromUserId: string): ServerMessage {
  const { roomId } = message.payload;
  if (message.type === 'webrtc/ice') {
    return { type: message.type, payload: { roomId, fromUserId, candidate: message.payload.candidate } };
  }
  return { type: message.type, payload: { roomId, fromUserId, sdp: message.payload.sdp } };
}

/** The member of this name whose connection is up; throws `peer_not_found`. */
export function findPresent(room: Room, userId: string): Member {
  const member = room.members.get(userId);
  if (!member?.session) throw new Refusal('peer_not_found', 'nobody of this userId is in the room');
  return member;
}
