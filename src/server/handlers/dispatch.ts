import type { ClientMessage } from '../../protocol/index.ts';
import { Refusal } from '../refusal.ts';
import { leave } from '../rooms/presence.ts';
import type { RoomRegistry } from '../rooms/registry.ts';
import { report } from '../rooms/reports.ts';
import { save, type Session } from '../rooms/room.ts';
import type { Call } from './call.ts';
import { chatReact, chatRestore, chatSend, chatTyping } from './chat.ts';
import { removeMember, setLock } from './moderation.ts';
import { relay } from './relay.ts';
import { getIce, setMedia } from './rtc.ts';
import { handOver, setControl, setWaitPolicy } from './roles.ts';
import { setContent, setGoingOn, setPlayback, setReady } from './watch.ts';

/** A message that is for a room its sender must be in. */
export type RoomMessage = Exclude<ClientMessage, { type: 'room/join' | 'clock/ping' }>;

/** Carries out a member's message; throws a {@link Refusal} in the order of ERR-4. Returns what its ack adds. */
export function dispatch(
  rooms: RoomRegistry,
  session: Session,
  message: RoomMessage,
  receivedAtMs: number,
): { seq?: number } {
  const room = rooms.get(message.payload.roomId);
  if (!room) throw new Refusal('room_not_found', 'there is no such room; join it first');
  const member = session.members.get(room.id);
  if (!member) throw new Refusal('not_in_room', 'join the room first');
  const call: Call = { context: rooms.context, session, room, member, receivedAtMs };
  carryOut(call, message);
  if (!UNKEPT.some((kind) => message.type.startsWith(kind))) save(rooms.context, room);
  return message.type.startsWith('watch/') && member.caps.has('timeline') ? { seq: room.state.seq } : {};
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
