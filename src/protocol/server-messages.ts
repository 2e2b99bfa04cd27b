import { z } from 'zod';
import { errorCode } from './errors.ts';
import * as field from './fields.ts';
import { LIMITS } from './limits.ts';

const inRoom = { roomId: field.roomId };

const playbackState = z.object({
  playing: z.boolean(),
  positionSec: field.positionSec,
  /** On the server's clock, the one `server/hello` tells. */
  hostTsMs: field.timestampMs,
  contentId: field.contentId.optional(),
  rate: field.rate.optional(),
  seq: field.seq.optional(),
  /** Cap `hold`: `playing` is what is wanted, and nothing moves yet. */
  held: field.hold.optional(),
});

/** A list without those of its items that are off: a newer server, or another one, may tell of what we do not know. */
const soundOnes = <T extends z.ZodType>(item: T, max: number) =>
  z
    .array(z.unknown())
    .max(max)
    .transform((items) =>
      items.flatMap((told) => {
        const { success, data } = item.safeParse(told);
        return success ? [data] : [];
      }),
    );

const peerWithReport = field.peer.extend({
  report: field.memberReport.optional().catch(undefined),
  media: field.media.optional().catch(undefined),
});
const relay = { ...inRoom, fromUserId: field.userId };

/** Server to client, v1 first, then what is additive. */
export const serverMessages = {
  'server/hello': z.object({
    v: z.literal(1),
    nowMs: field.timestampMs,
    caps: field.caps.optional(),
  }),
  'room/joined': z.object({
    ...inRoom,
    you: field.peer,
    peers: soundOnes(peerWithReport, LIMITS.roomMembers),
    /** How many of them were here before the receiver; they come in the order of presence. */
    place: z.int().min(0).max(LIMITS.roomMembers).optional().catch(undefined),
    /** Names this life of the room: another epoch means the server has forgotten the one before. */
    epoch: field.token.optional(),
    resumeToken: field.token.optional(),
    hostUserId: field.userId.optional(),
    ...field.roomRules.partial().shape,
  }),
  'room/peer_joined': z.object({ ...inRoom, peer: field.peer }),
  'room/peer_left': z.object({ ...inRoom, userId: field.userId }),
  'chat/message': z.object({
    ...inRoom,
    from: field.peer,
    text: field.chatText,
    tsMs: field.timestampMs,
    id: field.chatId.optional(),
  }),
  'watch/content': z.object({
    ...inRoom,
    contentId: field.contentId,
    meta: field.meta.optional(),
    seq: field.seq.optional(),
    fromUserId: field.userId.optional(),
  }),
  'watch/playback_state': z.object({
    ...inRoom,
    state: playbackState,
    serverTsMs: field.timestampMs,
    fromUserId: field.userId,
    act: field.act.optional(),
  }),
  'webrtc/offer': z.object({ ...relay, sdp: field.sdp }),
  'webrtc/answer': z.object({ ...relay, sdp: field.sdp }),
  'webrtc/ice': z.object({ ...relay, candidate: field.candidate }),
  ack: z.object({ requestId: field.requestId, seq: field.seq.optional() }),
  error: z.object({
    requestId: field.requestId.optional(),
    code: errorCode,
    message: z.string().max(LIMITS.errorMessageChars),
    /** Set when the same message may be sent again after so long. */
    retryAfterMs: field.durationMs.optional(),
    reason: field.refusalReason.optional(),
  }),

  'clock/pong': z.object({
    id: field.seq,
    t1Ms: field.timestampMs,
    t2Ms: field.timestampMs,
    t3Ms: field.timestampMs,
  }),
  'chat/history': z.object({
    ...inRoom,
    messages: soundOnes(field.chatEntry, LIMITS.historyCount),
    /** Cap `notices`. */
    notices: soundOnes(field.notice, LIMITS.historyCount).optional(),
  }),
  'member/states': z.object({
    ...inRoom,
    members: soundOnes(field.memberReport.extend({ userId: field.userId }), LIMITS.roomMembers),
  }),
  'room/roles': z.object({
    ...inRoom,
    hostUserId: field.userId,
    ...field.hostRules.partial().shape,
    control: field.control,
  }),
  /** To the host alone: what it is to give back to a server that has forgotten the room. */
  'room/access': z.object({ ...inRoom, access: field.roomAccess }),
  /** The receiver was removed and is in the room no more. */
  'room/removed': z.object({ ...inRoom, byUserId: field.userId }),
  'chat/typing': z.object({ ...inRoom, userId: field.userId, typing: z.boolean() }),
  'chat/reaction': z.object({
    ...inRoom,
    fromUserId: field.userId,
    emoji: field.emoji,
    to: field.chatRef.optional(),
    on: z.boolean().optional(),
  }),
  'chat/notice': z.object({ ...inRoom, notice: field.notice }),
  'rtc/media': z.object({ ...inRoom, userId: field.userId, ...field.media.shape }),
  'rtc/ice_servers': z.object({
    ...inRoom,
    iceServers: z.array(field.iceServer).max(LIMITS.iceServersCount),
    /** How long the credentials in it are good for. */
    expiresInMs: field.durationMs.optional(),
  }),
} as const;

export type ServerType = keyof typeof serverMessages;
export type ServerPayload<T extends ServerType> = z.output<(typeof serverMessages)[T]>;
/** One server message, its envelope's `v` left out. */
export type ServerMessage = {
  [T in ServerType]: { type: T; requestId?: string; payload: ServerPayload<T> };
}[ServerType];
