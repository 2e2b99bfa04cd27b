import { z } from 'zod';
import { chatItem, lenientArray, sessionSettings, type ChatItem } from '../party/index.ts';
import { CAPS, field, pageContent } from '../protocol/index.ts';

/** Where the connection to the server stands. `waiting` is between two attempts, `stopped` when none is made. */
export const connectionPhase = z.enum(['connecting', 'joining', 'online', 'waiting', 'stopped']);

/** What is wrong, as a word the page turns into a sentence (src/ui/text/problems.ts). */
export const problemCode = z.enum([
  'server_unreachable',
  'server_full',
  'server_refused',
  'replaced_elsewhere',
  'room_refused',
  'key_refused',
  'room_taken',
  'room_locked',
  'removed',
  'not_allowed',
  'tab_gone',
  'site_not_permitted',
  'no_video',
  'other_content',
  'autoplay_blocked',
  'sound_blocked',
  'site_resists',
  'still_watching',
  'site_error',
  'site_changed',
  'not_together',
]);

export const memberView = field.peer.extend({
  isMe: z.boolean(),
  isHost: z.boolean(),
  report: field.memberReport,
  /** When the ad that is on there ends, as `Date.now()` counts. */
  adUntilMs: z.number().optional(),
});

/** What is on, as far as the room tells. `url` is only set when it is a plain http(s) address. */
const contentView = pageContent.pick({ contentId: true, url: true, title: true, live: true }).partial({
  url: true,
});

export const partyView = z.object({
  roomId: field.roomId,
  serverUrl: z.string(),
  /** An http(s) address to hand to friends. */
  inviteUrl: z.string(),
  connection: connectionPhase,
  /** When the next attempt comes, as `Date.now()` counts; only while `waiting`. */
  retryAtMs: z.number().optional(),
  problems: z.array(problemCode),
  members: z.array(memberView),
  ...field.roomRules.shape,
  ...sessionSettings.shape,
  /** Whether what I do to the player moves the room. */
  iControl: z.boolean(),
  content: contentView.nullable(),
  playback: z
    .object({
      /** What the persons want. */
      playing: z.boolean(),
      rate: field.rate,
      /** Set while it is to play and stands: why, for whom, and until when at most, as `Date.now()` counts. */
      held: z
        .object({
          reason: field.hold.shape.reason,
          waitingFor: z.array(field.userId),
          untilMs: z.number(),
        })
        .nullable(),
    })
    .nullable(),
  /** What this server can do beyond v1. */
  caps: z.array(z.enum(CAPS)),
  /** My film is another cut of the room's: so much longer, in seconds. */
  cutSec: z.number().nullable(),
  /** My tab has gone on to another film, to which I may take everyone along. */
  takeAlong: z.object({ title: z.string().max(300) }).nullable(),
  /** The tab that takes part; null when it was closed. */
  tabId: z.int().nullable(),
  /** Whether the party is shown over the film. */
  overlayOn: z.boolean(),
  /** Whether the party is shown beside the page, where it can be seen. */
  panelOpen: z.boolean(),
  chat: lenientArray(chatItem),
  /** What happened to the party, in the order of time; to be drawn among the chat by `tsMs`. */
  notices: lenientArray(field.notice),
  /** The userIds of others who are typing. */
  typing: z.array(field.userId),
  /** Reactions on their way over the film: each is to be shown once, by its id. */
  floating: z.array(z.object({ id: z.string(), fromUserId: field.userId, emoji: field.emoji })),
  /** The server's clock as known here: half of `rttMs` at most is its error. */
  clock: z.object({ rttMs: z.number(), boundMs: z.number() }).nullable(),
});

/** Everything an extension page draws. Pushed over the port `view` when it changes. */
export const view = z.object({
  party: partyView.nullable(),
  lastProblem: problemCode.nullable(),
  /** How much this person has done so far: what is drawn of one's own doing is not waited with. */
  acts: z.int().optional(),
  /** There is a party, and it could not be read; `party` is null then. */
  unreadable: z.literal(true).optional(),
});

export type ConnectionPhase = z.infer<typeof connectionPhase>;
export type ProblemCode = z.infer<typeof problemCode>;
export type MemberView = z.infer<typeof memberView>;
export type ChatView = ChatItem;
export type PartyView = z.infer<typeof partyView>;
export type View = z.infer<typeof view>;
