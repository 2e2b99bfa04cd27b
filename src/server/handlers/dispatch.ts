import { Refusal } from '../refusal.ts';
import { leave } from '../rooms/presence.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import { report } from '../rooms/reports.ts';
import { save, type Session } from '../rooms/room.ts';
import type { Call, RoomMessage } from './call.ts';
import { charge } from './charge.ts';
import { chatReact, chatRestore, chatSend, chatTyping } from './chat.ts';
import { removeMember, setLock } from './moderation.ts';
import { relay } from './relay.ts';
import { getIce, setMedia } from './rtc.ts';
import { handOver, setControl, setWaitPolicy } from './roles.ts';
import { setContent, setGoingOn, setPlayback, setReady } from './watch.ts';

/** Carries out a member's message; throws a {@link Refusal} in the order of ERR-4. Returns what its ack adds. */
export function dispatch(
  rooms: RoomRegistry,
  session: Session,
  message: RoomMessage,
  { receivedAtMs, bytes }: { receivedAtMs: number; bytes: number },
): { seq?: number } {
  const { roomId } = message.payload;
  const room = rooms.get(roomId);
  const member = session.members.get(roomId);
  if (!room || !member) throw notInRoom(session, room !== undefined);
  const call: Call = { context: rooms.context, session, room, member, receivedAtMs };
  if (!grants(call, message, bytes)) return {};
  carryOut(call, message);
  // A room that ended with its last member is not kept.
  const isKept = rooms.get(roomId) === room && !UNKEPT.some((kind) => message.type.startsWith(kind));
  if (isKept) save(rooms.context, room);
  return message.type.startsWith('watch/') && member.caps.has('timeline') ? { seq: room.state.seq } : {};
}

/** Whether the sender may have that carried out now. Typing that is too much is let go: nobody needs an error for it (TYP-2). */
function grants(call: Call, message: RoomMessage, bytes: number): boolean {
  try {
    charge(call, message, bytes);
    return true;
  } catch (error) {
    if (message.type === 'chat/typing' && error instanceof Refusal) return false;
    throw error;
  }
}

/** Which rooms there are is told no faster than by the invite page (HTTP-3). */
function notInRoom({ account }: Session, exists: boolean): Refusal {
  const waitMs = account.take('looks');
  if (waitMs > 0) {
    return new Refusal('bad_request', 'join a room before you speak in it', { retryAfterMs: waitMs });
  }
  if (exists) return new Refusal('not_in_room', 'join the room first');
  return new Refusal('room_not_found', 'there is no such room; join it first');
}

/** Messages that change nothing of what a store keeps. */
const UNKEPT = ['webrtc/', 'rtc/', 'member/state', 'chat/typing'];

function carryOut(call: Call, message: RoomMessage): void {
  switch (message.type) {
    case 'room/leave':
      leave(call.context, call.room, call.member);
      break;
    case 'chat/send':
      chatSend(call, message.payload);
      break;
    case 'chat/restore':
      chatRestore(call, message.payload);
      break;
    case 'chat/typing':
      chatTyping(call, message.payload);
      break;
    case 'chat/react':
      chatReact(call, message.payload);
      break;
    case 'watch/set_content':
      setContent(call, message.payload);
      break;
    case 'watch/playback_state':
      setPlayback(call, message.payload);
      break;
    case 'watch/ready':
      setReady(call, message.payload);
      break;
    case 'watch/go_on':
      setGoingOn(call);
      break;
    case 'webrtc/offer':
    case 'webrtc/answer':
    case 'webrtc/ice':
      relay(call, message);
      break;
    case 'rtc/media':
      setMedia(call, message.payload);
      break;
    case 'rtc/get_ice':
      getIce(call);
      break;
    case 'member/state': {
      const { state, driftMs, boundMs, rttMs, adEndsAtMs } = message.payload;
      report(call.context, call.room, call.member, { state, driftMs, boundMs, rttMs, adEndsAtMs });
      break;
    }
    case 'room/set_control':
      setControl(call, message.payload);
      break;
    case 'room/set_wait_policy':
      setWaitPolicy(call, message.payload);
      break;
    case 'room/hand_over':
      handOver(call, message.payload);
      break;
    case 'room/set_lock':
      setLock(call, message.payload);
      break;
    case 'room/remove':
      removeMember(call, message.payload);
      break;
  }
}
