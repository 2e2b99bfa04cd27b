import { z } from 'zod';
import {
  OUT_OF_CALL,
  field,
  type Act,
  type Cap,
  type ClientMessage,
  type Control,
  type Hold,
  type Media,
  type MemberReport,
  type Notice,
  type Peer,
  type RoomAccess,
  type WaitPolicy,
} from '../protocol/index.ts';
import {
  NO_CLOCK,
  NO_ONE_WAY_CLOCK,
  timeline,
  type Clock,
  type OneWayClock,
  type Timeline,
} from '../sync/index.ts';
import { chatItem, type ChatItem } from './chat-log.ts';
import type { SentRelay } from './call-news.ts';
import { eachByItself } from './each-by-itself.ts';

/** What the party's tab shows, as far as its player script has told. */
export interface Page {
  content: RoomContent;
  hasFilm: boolean;
}
export interface RoomContent {
  contentId: string;
  meta?: unknown;
}
export interface Member extends Peer {
  report: MemberReport;
  /** What it has on in the call; unknown of members without cap `faces`. */
  media?: Media | undefined;
  /** What this person has answered when it wanted to join the call without telling of it. */
  letIn?: boolean | undefined;
}

/** Somebody else who is typing. */
export interface Typist {
  userId: string;
  untilMs: number;
}
/** A reaction on its way over the film. */
export interface Floating {
  id: string;
  fromUserId: string;
  emoji: string;
  untilMs: number;
}

/** An act of this person that the server has not confirmed yet. */
export interface PendingIntent {
  requestId: string;
  act: Act | undefined;
  /** The timeline as the person's player shows it. */
  timeline: Timeline;
  baseSeq: number;
  madeAtMs: number;
}

export type RequestKind =
  | { kind: 'join' }
  | { kind: 'chat'; chatId: string }
  | { kind: 'media' }
  | { kind: 'intent' }
  | { kind: 'relay' }
  | { kind: 'ice_servers' }
  | { kind: 'other' };
export type Request = RequestKind & { message: ClientMessage };

export type Problem =
  | 'server_unreachable'
  | 'server_full'
  | 'server_refused'
  | 'replaced_elsewhere'
  | 'room_refused'
  | 'key_refused'
  | 'room_taken'
  | 'room_locked'
  | 'removed'
  | 'not_allowed';

/** What ends a part in a room: trying again by itself would be in vain, or unwanted. */
export const ENDS = ['replaced_elsewhere', 'key_refused', 'room_taken', 'room_locked', 'removed'] as const;

/** One person's part in one room. All `…AtMs` are on the background's monotonic clock. */
export interface Session {
  serverUrl: string;
  roomId: string;
  me: Peer;
  tabId: number | null;
  /** The person asked that this tab's film becomes what the room watches. */
  shareTab: boolean;
  page: Page | null;
  phase: 'connecting' | 'joining' | 'online' | 'waiting' | 'stopped';
  attempt: number;
  retryAtMs: number | null;
  /** When the connection was lost; null while online. */
  offlineSinceMs: number | null;
  /** When a connection was given up whose last words may still reach the server; null when there is none. */
  abandonedAtMs: number | null;
  problem: Problem | null;
  /** Everything that a joiner is told has arrived. */
  settled: boolean;
  serverCaps: readonly Cap[];
  resumeToken: string;
  /** What this room's whole invite link carries; null for a room that is entered by its name. */
  roomKey: string | null;
  /** The room's name vouches for that key: a room of this name that does not open to it is somebody else's. */
  certified: boolean;
  /** What this person, as the host, can prove to a server that has forgotten the room, as the server last told it. */
  access: RoomAccess | null;
  epoch: string | null;
  hostUserId: string | null;
  control: Control;
  waitPolicy: WaitPolicy;
  locked: boolean;
  /** The server lets nobody in without the key. */
  keyed: boolean;
  peers: readonly Member[];
  /** The userIds of those who were in the room before this person. */
  elders: readonly string[];
  myReport: MemberReport;
  /** When the last reports were sent. */
  reportsSentAtMs: readonly number[];
  /** What this person has on in the call. */
  media: Media;
  /** Whether the server was ever told so, and has to be told when it ends. */
  mediaTold: boolean;
  /** To peers of the call, in the order of saying. */
  relays: readonly SentRelay[];
  content: RoomContent | null;
  /** The `seq` that the content was told with; 0 while unknown. */
  contentSeq: number;
  /** The content that this person's tab has shown together with the room. */
  together: string | null;
  /** That content as this tab's own page told of it. */
  shown: RoomContent | null;
  /** Whether this person's tab goes along when the party goes on to another film of the site. */
  followParty: boolean;
  /** The film that this person's tab is on its way to; without a `url` only its site can bring it there. */
  along: { contentId: string; url: string | null; went: boolean } | null;
  timeline: Timeline | null;
  /** How old `timeline` was at a local moment: it outlives a server whose clock began anew. */
  timelineAge: { ageMs: number; atMs: number } | null;
  /** Why the timeline is held, and for whom; set only while it is. */
  hold: Hold | null;
  /** The `seq` of the held timeline that this player is ready for, and the one that the server was told. */
  readyFor: number | null;
  toldReadyFor: number | null;
  /** This person's own shift of the film, ms; positive for later in it. */
  offsetMs: number;
  lastActor: string | null;
  /** The content that this member's player was last asked to give the room a state for. */
  offeredFor: string | null;
  /** The player has been asked for its state and has not told it yet. */
  offering: boolean;
  pending: PendingIntent | null;
  /** What the last intent said that was sent, and when; null on a connection that has sent none. */
  intentSent: { act: Act | undefined; atMs: number } | null;
  /** The server takes no intent before. */
  intentsFromMs: number;
  chat: readonly ChatItem[];
  /** What happened to the room, in the order of time. */
  notices: readonly Notice[];
  typing: readonly Typist[];
  /** When the others were last told that this person types; null while it does not. */
  typingToldAtMs: number | null;
  floating: readonly Floating[];
  /** The lines of the room's own history, told at joining; null until then. */
  historyIds: readonly string[] | null;
  clock: Clock;
  oneWayClock: OneWayClock;
  pings: readonly { id: number; t1Ms: number }[];
  nextPingId: number;
  /** When the exchange with this server's clock began. */
  clockSinceMs: number;
  /** How far the wall clock is ahead of the monotonic one, at the last event; a change says that the machine slept. */
  wallLeadMs: number | null;
  requests: Readonly<Record<string, Request & { sentAtMs: number }>>;
  /** The newest of each kind that the server takes only later. */
  refused: readonly (Request & { dueAtMs: number })[];
}

export interface SessionStart {
  serverUrl: string;
  roomId: string;
  me: Peer;
  tabId: number | null;
  /** A secret of our own choice: were it the server's, a first answer that got lost would lock us out of our name. */
  resumeToken: string;
  roomKey: string | null;
  certified: boolean;
  access: RoomAccess | null;
}

/** Without a connection nothing of it is told any more. */
export const NO_SIGNS: Pick<Session, 'typing' | 'typingToldAtMs' | 'floating'> = {
  typing: [],
  typingToldAtMs: null,
  floating: [],
};

/** What has been asked and told on one connection. */
export const NOTHING_SAID = {
  requests: {},
  refused: [],
  pings: [],
  historyIds: null,
  reportsSentAtMs: [],
  intentSent: null,
  intentsFromMs: 0,
} satisfies Partial<Session>;

export function startSession(start: SessionStart): Session {
  return {
    ...start,
    shareTab: false,
    page: null,
    phase: 'connecting',
    attempt: 0,
    retryAtMs: null,
    offlineSinceMs: null,
    abandonedAtMs: null,
    problem: null,
    settled: false,
    serverCaps: [],
    epoch: null,
    hostUserId: null,
    control: 'everyone',
    waitPolicy: 'go_on',
    locked: false,
    keyed: false,
    peers: [],
    elders: [],
    myReport: { state: 'no_video' },
    media: OUT_OF_CALL,
    mediaTold: false,
    relays: [],
    content: null,
    contentSeq: 0,
    together: null,
    shown: null,
    followParty: true,
    along: null,
    timeline: null,
    timelineAge: null,
    hold: null,
    readyFor: null,
    toldReadyFor: null,
    offsetMs: 0,
    lastActor: null,
    offeredFor: null,
    offering: false,
    pending: null,
    chat: [],
    notices: [],
    ...NO_SIGNS,
    ...NOTHING_SAID,
    clock: NO_CLOCK,
    oneWayClock: NO_ONE_WAY_CLOCK,
    nextPingId: 0,
    clockSinceMs: 0,
    wallLeadMs: null,
  };
}

/** What of a session survives the death of its background, with no time in it that dies with a clock. */
export const savedSession = z.object({
  serverUrl: z.string(),
  roomId: field.roomId,
  me: field.peer,
  tabId: z.int().nullable(),
  stopped: z.boolean(),
  endedBy: z.enum(ENDS).nullable(),
  resumeToken: field.token,
  roomKey: field.roomKey.nullable(),
  // Older versions saved neither.
  certified: z.boolean().default(false),
  access: field.roomAccess.nullable().default(null),
  epoch: field.token.nullable(),
  hostUserId: field.userId.nullable(),
  control: field.control,
  waitPolicy: field.waitPolicy,
  offsetMs: field.offsetMs,
  followParty: z.boolean(),
  together: field.contentId.nullable(),
  media: field.media,
  mediaTold: z.boolean(),
  peers: eachByItself(
    field.peer.extend({
      report: field.memberReport,
      media: field.media.optional(),
      letIn: z.boolean().optional(),
    }),
  ),
  content: z.object({ contentId: field.contentId, meta: field.meta.optional() }).nullable(),
  timeline: timeline.nullable(),
  timelineAgeMs: z.number().nullable(),
  chat: eachByItself(chatItem),
  notices: eachByItself(field.notice),
  /** `Date.now()` at saving: only ever compared with the same machine's. */
  savedAtWallMs: z.number(),
});
export type SavedSession = z.infer<typeof savedSession>;

export function saveSession(session: Session, nowMs: number, wallMs: number): SavedSession {
  const { serverUrl, roomId, me, tabId, resumeToken, epoch, hostUserId, control, content, timeline } =
    session;
  const { waitPolicy, offsetMs, roomKey, followParty, together, media, mediaTold, problem } = session;
  const { certified, access } = session;
  return {
    ...{ serverUrl, roomId, me, tabId, resumeToken, epoch, hostUserId, control, content, timeline },
    ...{ waitPolicy, offsetMs, roomKey, certified, access, followParty, together, media, mediaTold },
    // Why it ended is still to be read after the background has slept.
    endedBy: ENDS.find((each) => each === problem) ?? null,
    stopped: session.phase === 'stopped',
    peers: [...session.peers],
    chat: [...session.chat],
    notices: [...session.notices],
    timelineAgeMs: timelineAgeMs(session, nowMs),
    savedAtWallMs: wallMs,
  };
}

export function restoreSession(saved: SavedSession, nowMs: number, wallMs: number): Session {
  const { savedAtWallMs, stopped, endedBy, timelineAgeMs: savedAgeMs, ...kept } = saved;
  const asleepMs = Math.max(0, wallMs - savedAtWallMs);
  const timelineAge = savedAgeMs === null ? null : { ageMs: savedAgeMs + asleepMs, atMs: nowMs };
  const phase = stopped ? 'stopped' : 'connecting';
  return {
    ...startSession(kept),
    ...kept,
    // A party that an older version has stopped may have left its call on.
    media: stopped ? OUT_OF_CALL : kept.media,
    phase,
    problem: stopped ? endedBy : null,
    timelineAge,
    abandonedAtMs: nowMs,
  };
}

/** How long ago the room's timeline was anchored, in ms. */
export function timelineAgeMs(session: Session, nowMs: number): number | null {
  const { timelineAge } = session;
  return timelineAge && Math.max(0, timelineAge.ageMs + nowMs - timelineAge.atMs);
}

/** The timeline this person's player is to follow: their own act counts before the server has confirmed it. */
export function followedTimeline(session: Session): Timeline | null {
  const { content, page, pending, timeline } = session;
  if (!content || page?.content.contentId !== content.contentId) return null;
  return pending?.timeline ?? timeline;
}

export function isHost(session: Session): boolean {
  return session.hostUserId === session.me.userId;
}

/** Whether what this person does to the player moves the room. */
export function mayControl(session: Session): boolean {
  return session.control === 'everyone' || isHost(session);
}
