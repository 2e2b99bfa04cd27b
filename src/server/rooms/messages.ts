import {
  LIMITS,
  type Act,
  type Cap,
  type Hold,
  type MemberReport,
  type Peer,
  type ServerMessage,
  type ServerPayload,
  type WaitPolicy,
} from '../../protocol/index.ts';
import { rebaseTo } from '../../sync/timeline.ts';
import type { Member, Room, RoomHold } from './room.ts';

export const peerJoined = (room: Room, peer: Peer): ServerMessage => ({
  type: 'room/peer_joined',
  payload: { roomId: room.id, peer },
});

export const peerLeft = (room: Room, userId: string): ServerMessage => ({
  type: 'room/peer_left',
  payload: { roomId: room.id, userId },
});

export const memberStates = (room: Room, members: Iterable<Member>): ServerMessage => ({
  type: 'member/states',
  payload: { roomId: room.id, members: Array.from(members, reportPayload) },
});

const reportPayload = ({ peer, report }: Member): MemberReport & { userId: string } => ({
  userId: peer.userId,
  ...report,
});

export function roles(room: Room, hostUserId: string, caps: ReadonlySet<Cap>): ServerMessage {
  const payload = { roomId: room.id, hostUserId, control: room.state.control, ...roomRules(room, caps) };
  return { type: 'room/roles', payload };
}

/** The room's further rules, as far as these caps include them. */
function roomRules({ state }: Room, caps: ReadonlySet<Cap>): { waitPolicy?: WaitPolicy; locked?: boolean } {
  return {
    ...(caps.has('hold') && { waitPolicy: state.waitPolicy }),
    ...(caps.has('moderation') && { locked: state.locked }),
  };
}

/** The joiner's view of the room; fields of caps that it lacks are left out (JOIN-4). */
export function joined(room: Room, member: Member, resumeToken: string | undefined): ServerMessage {
  const { caps } = member;
  const { epoch, hostUserId, control, keyHash } = room.state;
  const reports = caps.has('member_state');
  const faces = caps.has('faces');
  const payload: ServerPayload<'room/joined'> = { roomId: room.id, you: member.peer, peers: [] };
  for (const other of room.members.values()) {
    if (other === member) {
      if (caps.has('renames')) payload.place = payload.peers.length;
      continue;
    }
    const media = faces && other.connection && other.caps.has('faces') && { media: other.media };
    if (reports) payload.peers.push({ ...other.peer, report: other.report, ...media });
    // Plain v1 members were told that a lost member left, and will be told of its return.
    else if (other.connection) payload.peers.push({ ...other.peer, ...media });
  }
  if (caps.size > 0) payload.epoch = epoch;
  if (caps.has('resume') && resumeToken !== undefined) payload.resumeToken = resumeToken;
  if (caps.has('roles') && hostUserId !== null) Object.assign(payload, { hostUserId, control });
  if (caps.has('key')) payload.keyed = keyHash !== null;
  Object.assign(payload, roomRules(room, caps));
  return { type: 'room/joined', payload };
}

/** The room's content, if it has any; `extended` adds what cap `timeline` unlocks. */
export function content(room: Room, extended: boolean): ServerMessage | undefined {
  if (!room.state.content) return undefined;
  const { contentId, meta, fromUserId, seq } = room.state.content;
  return {
    type: 'watch/content',
    payload: {
      roomId: room.id,
      contentId,
      ...(meta !== undefined && { meta }),
      ...(extended && { seq, fromUserId }),
    },
  };
}

/** The extent to which a member understands a timeline: v1, cap `timeline`, or cap `hold` besides. */
export type ProtocolLevel = 'plain' | 'timeline' | 'hold';

export function protocolLevelOf({ caps }: Member): ProtocolLevel {
  if (!caps.has('timeline')) return 'plain';
  return caps.has('hold') ? 'hold' : 'timeline';
}

interface PlaybackOptions {
  nowMs: number;
  level: ProtocolLevel;
  /** Send the position of now instead of the last act's. */
  atNow?: boolean;
  act?: Act | undefined;
}

/** The room's timeline, if it has one. */
export function playback(room: Room, options: PlaybackOptions): ServerMessage | undefined {
  const { timeline, actorUserId } = room.state;
  if (!timeline) return undefined;
  const { nowMs, level, atNow, act } = options;
  const extended = level !== 'plain';
  // A plain v1 receiver extrapolates at rate 1 from hostTsMs, so another rate needs a fresh anchor.
  const told = atNow || (!extended && timeline.rate !== 1) ? rebaseTo(timeline, nowMs) : timeline;
  const { playing, positionSec, atServerMs, contentId, rate, seq } = told;
  const pauses = seemsPaused(room, level);
  return {
    type: 'watch/playback_state',
    payload: {
      roomId: room.id,
      state: {
        playing: playing && !pauses,
        positionSec: Math.min(positionSec, LIMITS.positionSecMax),
        hostTsMs: Math.max(0, pauses ? nowMs : atServerMs),
        ...(contentId !== null && { contentId }),
        ...(extended && { rate, seq }),
        ...(level === 'hold' && room.hold && { held: holdPayload(room.hold) }),
      },
      serverTsMs: Math.round(nowMs),
      fromUserId: actorUserId,
      ...(extended && act && { act }),
    },
  };
}

/** A member that does not know of holds, or of starts to come, is told a pause (HOLD-2, HOLD-4). */
function seemsPaused(room: Room, level: ProtocolLevel): boolean {
  return room.hold ? level !== 'hold' : room.cancelStart !== null && level === 'plain';
}

const holdPayload = ({ reason, waitingFor, untilMs }: RoomHold): Hold => ({
  reason,
  waitingFor: [...waitingFor],
  untilServerMs: untilMs,
});
