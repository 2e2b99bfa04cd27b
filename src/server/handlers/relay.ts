import type { ClientMessage, ServerMessage } from '../../protocol/index.ts';
import { sendTo } from '../rooms/broadcast.ts';
import { findConnected } from '../rooms/members.ts';
import type { MessageContext } from './message-context.ts';

export type RelayMessage = Extract<ClientMessage, { type: `webrtc/${string}` }>;

/** Relays a WebRTC message unchanged to its receiver. */
export function relay(context: MessageContext, message: RelayMessage): void {
  const receiver = findConnected(context.room, message.payload.toUserId);
  sendTo(receiver, relayedMessage(message, context.member.peer.userId));
}

function relayedMessage(message: RelayMessage, fromUserId: string): ServerMessage {
  const { roomId } = message.payload;
  if (message.type === 'webrtc/ice') {
    return { type: message.type, payload: { roomId, fromUserId, candidate: message.payload.candidate } };
  }
  return { type: message.type, payload: { roomId, fromUserId, sdp: message.payload.sdp } };
}
