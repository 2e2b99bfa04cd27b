import { z } from 'zod';
import { canBeSeen, visibleText } from './display-name.ts';
import { fitsJson } from './json-size.ts';
import { LIMITS } from './limits.ts';

// Control characters (C0, DEL, C1) and the bidirectional overrides let one name or room pass for another.
// eslint-disable-next-line no-control-regex -- they are what is looked for
const DECEPTIVE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** A name that things are told apart by, so it stays as it is; how it is shown is another matter. */
const label = (maxChars: number) =>
  z
    .string()
    .min(1)
    .max(maxChars)
    .refine(canBeSeen, 'must not be blank')
    .refine((text) => !DECEPTIVE.test(text), 'must not contain control characters');

/** Any JSON value of the schema's kind whose text is at most `maxChars` long. */
const bounded = <T extends z.ZodType>(schema: T, maxChars: number) =>
  schema.refine((value) => fitsJson(value, maxChars), `must be at most ${maxChars} characters`);

export const roomId = label(LIMITS.roomIdChars);
export const userId = label(LIMITS.userIdChars);
/** What a person is called: what can be seen of the name that was given. */
export const displayName = z
  .string()
  .max(LIMITS.displayNameChars, { abort: true })
  .refine((text) => !DECEPTIVE.test(text), 'must not contain control characters')
  .overwrite(visibleText)
  .min(1, 'must not be blank');
/** A name that another program passed on: whatever it is must not cost the message that it comes in. */
export const toldName = z
  .string()
  .catch('')
  .transform((name) => visibleText(name.slice(0, LIMITS.displayNameChars)) || 'Somebody');
export const requestId = z.string().min(1).max(LIMITS.requestIdChars);
export const contentId = label(LIMITS.contentIdChars);
// JSON writes each C0 control as six characters, so a chat of them would weigh three times an honest one.
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
/** Lines and tabs are text; any other control is taken out, as is what turns the reading direction and makes of a link another. */
export const chatText = z
  .string()
  .max(LIMITS.chatTextChars)
  .transform((text) => text.toWellFormed().replaceAll('\r\n', '\n').replace(CONTROLS, ''))
  .refine((text) => text.trim() !== '', 'must not be blank');
export const chatId = z.string().min(1).max(LIMITS.chatIdChars);
export const token = z.string().min(1).max(LIMITS.tokenChars);
export const meta = bounded(z.unknown(), LIMITS.metaChars);

/** An object of any fields, passed on unread: a schema for each of thousands of keys would cost more than all else. */
const jsonObject = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);
export const sdp = bounded(z.union([z.string().min(1), jsonObject]), LIMITS.sdpChars);
/** `null` is WebRTC's end of candidates. */
export const candidate = bounded(z.union([z.string(), jsonObject, z.null()]), LIMITS.candidateChars);

export const timestampMs = z.number().min(0).max(LIMITS.timestampMsMax);
export const positionSec = z.number().min(0).max(LIMITS.positionSecMax);
export const rate = z.number().min(LIMITS.rateMin).max(LIMITS.rateMax);
export const seq = z.int().min(0);
export const driftMs = z.number().min(-LIMITS.driftMsMax).max(LIMITS.driftMsMax);
export const offsetMs = z.number().min(-LIMITS.offsetMsMax).max(LIMITS.offsetMsMax);
export const durationMs = z.number().min(0).max(LIMITS.driftMsMax);
export const caps = z.array(z.string().min(1).max(LIMITS.capChars)).max(LIMITS.capsCount);

/** What may follow in order on one timeline; an absent `act` means "the whole state", as v1 has it. */
export const act = z.enum(['play', 'pause', 'seek', 'rate']);
/**
 * A user's act as their player shows it: the whole state after it, read at `atServerMs` of the server's clock. `act`: what of it the
 * user changed; absent where that was more than one thing.
 */
export const intent = z.object({
  act: act.optional(),
  playing: z.boolean(),
  positionSec,
  rate,
  atServerMs: z.number(),
});
export const control = z.enum(['everyone', 'host']);
/** What the room does when a member cannot follow: wait for it, bounded, or go on and let it catch up. */
export const waitPolicy = z.enum(['go_on', 'wait']);
/** What the host decides for the room. `locked`: nobody new gets in. */
export const hostRules = z.object({ control, waitPolicy, locked: z.boolean() });
/** `keyed`: nobody gets in without the whole invite link. Decided when the room is made. */
export const roomRules = hostRules.extend({ keyed: z.boolean() });
/** Why a film that is to play stands still, for whom, and until when (server's clock) at most. */
export const hold = z.object({
  /** `start`: play, resume and seek begin together. `stall`: somebody cannot follow. */
  reason: z.enum(['start', 'stall']),
  waitingFor: z.array(userId).max(LIMITS.roomMembers),
  untilServerMs: timestampMs,
});

/** What a member says of its own player. */
export const ownMemberState = z.enum([
  'ready',
  'buffering',
  'seeking',
  'ad',
  'hidden',
  'blocked',
  'away',
  /** On its way to the film that the room has gone on to. */
  'coming',
  'no_video',
]);
/** What the others are told; `lost` is the server's word for a connection that broke within the grace period. */
export const memberState = z.enum([...ownMemberState.options, 'lost']);

/** How a member names itself when it joins. */
export const self = z.object({ userId, displayName });
/** A member as others are told of it. */
export const peer = z.object({ userId, displayName: toldName });
/** How a member is doing. Times in ms; `driftMs` is positive when the member is ahead of the timeline. */
export const memberReport = z.object({
  state: memberState,
  driftMs: driftMs.optional(),
  boundMs: durationMs.optional(),
  rttMs: durationMs.optional(),
  /** In state `ad`: when it ends, as the site says, on the server's clock. */
  adEndsAtMs: timestampMs.optional(),
});

/** The secret that an invite link carries in its fragment (docs/protocol.md, KEY). */
export const roomKey = z
  .string()
  .min(LIMITS.roomKeyCharsMin)
  .max(LIMITS.roomKeyCharsMax)
  .regex(/^[\w-]+$/, 'must be letters, digits, "-" and "_"');
/** SHA-256 as base64url. */
const tokenHash = z.string().regex(/^[\w-]{43}$/);

/**
 * What a host can give back to a server that has forgotten the room (docs/protocol.md, PROOF). The secret proves that it may:
 * the room's key is cut from its hash. The rest is what the server last told, returned as it came.
 */
export const roomAccess = z.object({
  hostSecret: z.string().min(LIMITS.roomKeyCharsMin).max(LIMITS.tokenChars),
  locked: z.boolean().optional(),
  barred: z.array(userId).max(LIMITS.accessCount).optional(),
  guards: z.array(z.object({ userId, tokenHash })).max(LIMITS.accessCount).optional(),
});

/** One emoji: a picture, a flag or a keycap, and nothing that can be read as a word. */
export const emoji = z
  .string()
  .min(1)
  .max(LIMITS.emojiChars)
  .regex(/^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?)$/v, 'must be one emoji');
/** A message of the chat: ids are unique per author (CHAT-2). */
export const chatRef = z.object({ userId, id: chatId });
/** Who has answered a message with an emoji. */
export const chatReaction = z.object({ emoji, userIds: z.array(userId).max(LIMITS.roomMembers) });
export const chatEntry = z.object({
  id: chatId,
  from: peer,
  text: chatText,
  tsMs: timestampMs,
  /** Cap `reactions`. */
  reactions: z.array(chatReaction).max(LIMITS.reactionsCount).optional(),
});

/** What a member has on in the room's call; out of the call it has nothing on. */
export const media = z.object({ inCall: z.boolean(), microphone: z.boolean(), camera: z.boolean() });

/** As `RTCIceServer` of WebRTC 1.0 §4.2.3. */
export const iceServer = z.object({
  urls: z
    .array(
      z
        .string()
        .min(1)
        .max(LIMITS.iceUrlChars)
        .regex(/^(?:stuns?|turns?):/),
    )
    .max(LIMITS.iceUrlsCount),
  username: z.string().max(LIMITS.iceCredentialChars).optional(),
  credential: z.string().max(LIMITS.iceCredentialChars).optional(),
});

/** What happened to the room: told among the chat, in the chat's order, and kept with it. */
export const notice = z.object({
  id: chatId,
  tsMs: timestampMs,
  kind: z.enum(['joined', 'left', 'removed', 'host', 'control', 'wait_policy', 'lock', 'content', 'renamed']),
  /** Whom it is about; of `host`, who is host now; of `renamed`, under the new name. */
  about: peer.optional(),
  /** Of `renamed`: the name before. */
  before: toldName.optional(),
  /** Who did it, where it was a person's doing. */
  by: peer.optional(),
  ...hostRules.partial().shape,
});

/** Why somebody is not let in, beyond the code `unauthorized`. */
export const refusalReason = z.enum(['key', 'locked', 'identity']);

export type Peer = z.infer<typeof peer>;
export type Act = z.infer<typeof act>;
export type Intent = z.infer<typeof intent>;
export type Control = z.infer<typeof control>;
export type WaitPolicy = z.infer<typeof waitPolicy>;
export type RoomRules = z.infer<typeof roomRules>;
/** The rules of a room whose server does not tell them. */
export const DEFAULT_RULES: RoomRules = {
  control: 'everyone',
  waitPolicy: 'go_on',
  locked: false,
  keyed: false,
};
export type Hold = z.infer<typeof hold>;
export type OwnMemberState = z.infer<typeof ownMemberState>;
export type MemberState = z.infer<typeof memberState>;
export type MemberReport = z.infer<typeof memberReport>;
export type ChatEntry = z.infer<typeof chatEntry>;
export type ChatRef = z.infer<typeof chatRef>;
export type ChatReaction = z.infer<typeof chatReaction>;
export type Media = z.infer<typeof media>;
export const OUT_OF_CALL: Media = { inCall: false, microphone: false, camera: false };
export type IceServer = z.infer<typeof iceServer>;
export type Notice = z.infer<typeof notice>;
export type RoomAccess = z.infer<typeof roomAccess>;
export type RefusalReason = z.infer<typeof refusalReason>;
