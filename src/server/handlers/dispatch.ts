import { ProtocolError } from '../protocol-error.ts';
import { leave } from '../rooms/members.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import { storeReport } from '../rooms/reports.ts';
import { save, type ClientConnection } from '../rooms/room.ts';
import { charge } from './charge.ts';
import { chatReact, chatRestore, chatSend, chatTyping } from './chat.ts';
import type { MessageContext, RoomMessage } from './message-context.ts';
import { removeMember, setLock } from './moderation.ts';
import { relay } from './relay.ts';
import { handOver, setControl, setWaitPolicy } from './roles.ts';
import { getIce, setMedia } from './rtc.ts';
import { goOn, setContent, setPlayback, setReady } from './watch.ts';

/**
 * Handles a member's message and returns the extra fields of its ack; throws a {@link ProtocolError} in the order of
 * ERR-4.
 */
export function dispatch(
  rooms: RoomRegistry,
  connection: ClientConnection,
  message: RoomMessage,
  { receivedAtMs, bytes }: { receivedAtMs: number; bytes: number },
): { seq?: number } {
  const { roomId } = message.payload;
  const room = rooms.get(roomId);
  const member = connection.members.get(roomId);
  if (!room || !member) throw notInRoomError(connection, room !== undefined);
  const context: MessageContext = { deps: rooms.deps, connection, room, member, receivedAtMs };
  if (!chargeOrDrop(context, message, bytes)) return {};
  handle(context, message);
  // A room that ended with its last member is not stored.
  const isStored = rooms.get(roomId) === room && !TRANSIENT.some((kind) => message.type.startsWith(kind));
  if (isStored) save(rooms.deps, room);
  return message.type.startsWith('watch/') && member.caps.has('timeline') ? { seq: room.state.seq } : {};
}

/** Charges the message; false if it is dropped. Too much typing is dropped without an error (TYP-2). */
function chargeOrDrop(context: MessageContext, message: RoomMessage, bytes: number): boolean {
  try {
    charge(context, message, bytes);
    return true;
  } catch (error) {
    if (message.type === 'chat/typing' && error instanceof ProtocolError) return false;
    throw error;
  }
}

/** Tells whether a room exists no faster than the invite page does (HTTP-3). */
function notInRoomError({ account }: ClientConnection, exists: boolean): ProtocolError {
  const waitMs = account.take('lookups');
  if (waitMs > 0) {
    return new ProtocolError('bad_request', 'join a room before you speak in it', { retryAfterMs: waitMs });
  }
  if (exists) return new ProtocolError('not_in_room', 'join the room first');
  return new ProtocolError('room_not_found', 'there is no such room; join it first');
}

/** Messages that do not change the stored state. */
const TRANSIENT = ['webrtc/', 'rtc/', 'member/state', 'chat/typing'];

function handle(context: MessageContext, message: RoomMessage): void {
  switch (message.type) {
    case 'room/leave':
      leave(context.deps, context.room, context.member);
      break;
    case 'chat/send':
      chatSend(context, message.payload);
      break;
    case 'chat/restore':
      chatRestore(context, message.payload);
      break;
    case 'chat/typing':
      chatTyping(context, message.payload);
      break;
    case 'chat/react':
      chatReact(context, message.payload);
      break;
    case 'watch/set_content':
      setContent(context, message.payload);
      break;
    case 'watch/playback_state':
      setPlayback(context, message.payload);
      break;
    case 'watch/ready':
      setReady(context, message.payload);
      break;
    case 'watch/go_on':
      goOn(context);
      break;
    case 'webrtc/offer':
    case 'webrtc/answer':
    case 'webrtc/ice':
      relay(context, message);
      break;
    case 'rtc/media':
      setMedia(context, message.payload);
      break;
    case 'rtc/get_ice':
      getIce(context);
      break;
    case 'member/state': {
      const { state, driftMs, boundMs, rttMs, adEndsAtMs } = message.payload;
      storeReport(context.deps, context.room, context.member, { state, driftMs, boundMs, rttMs, adEndsAtMs });
      break;
    }
    case 'room/set_control':
      setControl(context, message.payload);
      break;
    case 'room/set_wait_policy':
      setWaitPolicy(context, message.payload);
      break;
    case 'room/hand_over':
      handOver(context, message.payload);
      break;
    case 'room/set_lock':
      setLock(context, message.payload);
      break;
    case 'room/remove':
      removeMember(context, message.payload);
      break;
  }
}
