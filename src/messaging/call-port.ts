import { z } from 'zod';
import { field, LIMITS } from '../protocol/index.ts';

const relayed = {
  kind: z.enum(['offer', 'answer', 'ice']),
  /** An `sdp` or `candidate` as the protocol has them: at most the larger of the two. */
  data: z.union([field.sdp, z.null()]),
};

/** What crosses between this page and one that captures for it; parsed by capture-words.ts. */
const captureWord = z.record(z.string(), z.unknown());

/** The page that holds the call, to background. */
export const fromCall = z.discriminatedUnion('type', [
  z.object({ type: z.literal('media'), media: field.media }),
  z.object({ type: z.literal('relay'), toUserId: field.userId, ...relayed }),
  z.object({ type: z.literal('get_ice') }),
  /** How loud the film is to be, as a part of what the person has set: less while friends speak. */
  z.object({ type: z.literal('duck'), level: z.number().min(0).max(1) }),
  /** To the page that captures where this one may not (Chromium's offscreen document); `null` ends it. */
  z.object({ type: z.literal('capture'), word: captureWord.nullable() }),
  /** The person's answer to a peer that wants in and tells nothing of calls by itself. */
  z.object({ type: z.literal('let_in'), userId: field.userId, letIn: z.boolean() }),
  /** Open the page that asks for camera and microphone. */
  z.object({ type: z.literal('ask_permission') }),
]);

/** A member of the room, besides this person. */
export const callPeer = field.peer.extend({
  /** Unknown of who never told, as plain v1 clients. */
  media: field.media.optional(),
  /** What the person has answered when such a one wanted to join the call. */
  letIn: z.boolean().optional(),
  /** Was asked a moment ago to offer to this page: the offer is on its way. */
  asked: z.boolean().optional(),
});

/** Background to the page that holds the call. */
export const toCall = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('roster'),
    roomId: field.roomId,
    me: field.peer,
    /** What this person has on: a page that was loaded anew takes the call up again from it. */
    media: field.media,
    peers: z.array(callPeer).max(LIMITS.roomMembers),
    /** Whether the server can be reached now. */
    online: z.boolean(),
  }),
  z.object({ type: z.literal('relay'), fromUserId: field.userId, ...relayed }),
  z.object({
    type: z.literal('ice_servers'),
    iceServers: z.array(field.iceServer).max(LIMITS.iceServersCount),
    expiresInMs: field.durationMs.optional(),
  }),
  z.object({ type: z.literal('capture'), word: captureWord }),
  /** Camera, microphone or both may be used from now on. */
  z.object({ type: z.literal('allowed') }),
  /** The person pressed the browser's key for it (`commands`), wherever they were. */
  z.object({ type: z.literal('toggle_microphone') }),
  /** Another page holds the call from now on, until a roster comes again. */
  z.object({ type: z.literal('taken') }),
  /** This person is in no party any more, and so in no call, until a roster comes again. */
  z.object({ type: z.literal('ended') }),
]);

export type FromCall = z.infer<typeof fromCall>;
export type ToCall = z.infer<typeof toCall>;
export type CallPeer = z.infer<typeof callPeer>;
