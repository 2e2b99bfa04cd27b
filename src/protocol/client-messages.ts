import { z } from 'zod';
import * as field from './fields.ts';
import { LIMITS } from './limits.ts';

const inRoom = { roomId: field.roomId };

/**
 * A field that v1 does not know. A client that knows only v1 may use its name for something of its own, which must not
 * cost it the message: what is off our schema counts as absent.
 */
const additive = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const playbackState = z.object({
  playing: z.boolean(),
  positionSec: field.positionSec,
  /** When the position was read, on the sender's own wall clock; with cap `timeline`, on the server's clock. */
  hostTsMs: field.timestampMs,
  contentId: field.contentId.optional(),
  /** Cap `timeline`. */
  rate: additive(field.rate),
});

/** What a member remembers of a room, offered to a server that has lost it (RESUME in docs/protocol.md). */
export const roomSnapshot = z.object({
  epoch: field.token,
  seq: field.seq,
  content: z.object({ contentId: field.contentId, meta: field.meta.optional() }).optional(),
  playback: z
    .object({
      playing: z.boolean(),
      positionSec: field.positionSec,
      rate: field.rate,
      /** How long ago, in ms, the position held; an age survives a server whose clock began anew. */
      ageMs: z.number().min(0).max(LIMITS.timestampMsMax),
    })
    .optional(),
});

const relay = { ...inRoom, toUserId: field.userId };

/** Client to server, v1 first, then what is additive. */
export const clientMessages = {
  'room/join': z.object({
    ...inRoom,
    client: field.self,
    caps: additive(field.caps),
    resumeToken: additive(field.token),
    snapshot: additive(roomSnapshot),
    /** Cap `key`: opens a room that has one, and gives one to a room that this join makes. */
    key: additive(field.roomKey),
    /** Cap `host_proof`. */
    access: additive(field.roomAccess),
  }),
  'room/leave': z.object(inRoom),
  'chat/send': z.object({ ...inRoom, text: field.chatText, id: additive(field.chatId) }),
  'watch/set_content': z.object({
    ...inRoom,
    contentId: field.contentId,
    meta: field.meta.optional(),
    baseSeq: additive(field.seq),
  }),
  'watch/playback_state': z.object({
    ...inRoom,
    state: playbackState,
    authoritative: z.boolean().optional(),
    act: additive(field.act),
    baseSeq: additive(field.seq),
  }),
  'webrtc/offer': z.object({ ...relay, sdp: field.sdp }),
  'webrtc/answer': z.object({ ...relay, sdp: field.sdp }),
  'webrtc/ice': z.object({ ...relay, candidate: field.candidate }),

  'clock/ping': z.object({ id: field.seq, t1Ms: field.timestampMs }),
  'chat/restore': z.object({
    ...inRoom,
    messages: z
      .array(z.object({ id: field.chatId, text: field.chatText, tsMs: field.timestampMs }))
      .max(LIMITS.historyCount),
  }),
  'member/state': z.object({ ...inRoom, ...field.memberReport.shape, state: field.ownMemberState }),
  /** This member's player stands where the held timeline of that `seq` begins, with data to play on. */
  'watch/ready': z.object({ ...inRoom, seq: field.seq }),
  /** "Go on without those we wait for." */
  'watch/go_on': z.object(inRoom),
  'room/set_wait_policy': z.object({ ...inRoom, waitPolicy: field.waitPolicy }),
  'room/set_control': z.object({ ...inRoom, control: field.control }),
  'room/hand_over': z.object({ ...inRoom, toUserId: field.userId }),
  'room/set_lock': z.object({ ...inRoom, locked: z.boolean() }),
  'room/remove': z.object({ ...inRoom, userId: field.userId }),
  'chat/typing': z.object({ ...inRoom, typing: z.boolean() }),
  /** With `to` it is put on that message, or with `on: false` taken from it; without, it floats over the film. */
  'chat/react': z.object({
    ...inRoom,
    emoji: field.emoji,
    to: field.chatRef.optional(),
    on: z.boolean().optional(),
  }),
  /** What this member has on in the call. */
  'rtc/media': z.object({ ...inRoom, ...field.media.shape }),
  /** Asks for `rtc/ice_servers`. */
  'rtc/get_ice': z.object(inRoom),
} as const;

export type RoomSnapshot = z.infer<typeof roomSnapshot>;
export type ClientType = keyof typeof clientMessages;
export type ClientPayload<T extends ClientType> = z.output<(typeof clientMessages)[T]>;
/** One client message, its envelope's `v` left out. */
export type ClientMessage = {
  [T in ClientType]: { type: T; requestId?: string; payload: ClientPayload<T> };
}[ClientType];
