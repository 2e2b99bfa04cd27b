import { z } from 'zod';
import {
  field,
  type Act,
  type Cap,
  type ClientMessage,
  type Hold,
  type Media,
  type MemberReport,
  type Notice,
  type Peer,
  type RoomAccess,
  type RoomRules,
} from '../protocol/index.ts';
import type { Clock, OneWayClock, Timeline } from '../sync/index.ts';
import type { SentRelay } from './call-event.ts';
import type { ChatItem } from './chat-log.ts';

/** What the party's tab shows, as far as its content script has reported. */
export interface Page {
  content: RoomContent;
  hasVideo: boolean;
}
export interface RoomContent {
  contentId: string;
  meta?: unknown;
}
export interface Member extends Peer {
  report: MemberReport;
  /** What the member has on in the call; unknown for members without cap `faces`. */
  media?: Media | undefined;
  /** This user's answer when a member without that cap asked to join the call. */
  letIn?: boolean | undefined;
}

/** Another member who is typing. */
export interface Typist {
  userId: string;
  untilMs: number;
}
/** A reaction that is shown over the video. */
export interface FloatingReaction {
  id: string;
  fromUserId: string;
  emoji: string;
  untilMs: number;
}

/** An intent of this user that the server has not confirmed yet. */
export interface PendingIntent {
  requestId: string;
  act: Act | undefined;
  /** The timeline as the user's player shows it. */
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
export type SentRequest = Request & { sentAtMs: number };

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

/** Problems that end the session: another attempt would be in vain, or unwanted. */
export const FINAL_PROBLEMS = [
  'replaced_elsewhere',
  'key_refused',
  'room_taken',
  'room_locked',
  'removed',
] as const;
export type FinalProblem = (typeof FINAL_PROBLEMS)[number];

/** Who this member is in which room, and what proves it. */
export interface Identity {
  serverUrl: string;
  roomId: string;
  me: Peer;
  /** Chosen by the client: if the server chose it, a lost first reply would lock the member out of its own name. */
  resumeToken: string;
  /** The key in the room's invite link; null for a room that is entered by its name. */
  roomKey: string | null;
  /** The room's name vouches for that key: a room that does not accept it is another party's. */
  certified: boolean;
  /** What this user, as the host, can prove to a server that has forgotten the room, as the server last sent it. */
  access: RoomAccess | null;
}

/** The tab that takes part. */
export interface Tab {
  tabId: number | null;
  /** The user asked to make this tab's video the room's. */
  share: boolean;
  page: Page | null;
}

export interface Connection {
  phase: 'connecting' | 'joining' | 'online' | 'waiting' | 'stopped';
  attempt: number;
  retryAtMs: number | null;
  /** When the connection was lost; null while online. */
  offlineSinceMs: number | null;
  /** When a connection was given up whose last messages may still reach the server; null when there is none. */
  abandonedAtMs: number | null;
  problem: Problem | null;
  /** The server has sent everything that a joiner is sent. */
  joinComplete: boolean;
  serverCaps: readonly Cap[];
  /** Requests without a reply, by their id. */
  requests: Readonly<Record<string, SentRequest>>;
  /** The newest request of each kind that the server takes only later. */
  refused: readonly (Request & { dueAtMs: number })[];
}

/** What the server says of the room. */
export interface RoomView {
  epoch: string | null;
  hostUserId: string | null;
  rules: RoomRules;
  peers: readonly Member[];
  /** The userIds of the members who were in the room before this one. */
  elders: readonly string[];
}

/** What the room plays. */
export interface Playback {
  content: RoomContent | null;
  /** The `seq` that the content came with; 0 while unknown. */
  contentSeq: number;
  timeline: Timeline | null;
  /** How old `timeline` was at a local moment: it outlives a server whose clock restarted. */
  timelineAge: { ageMs: number; atMs: number } | null;
  /** Why the timeline is held, and for whom; null while it is not. */
  hold: Hold | null;
  lastActor: string | null;
  /** The `seq` of the held timeline that this player is ready for, and the one last sent to the server. */
  readyFor: number | null;
  readySentFor: number | null;
}

/** This user's own acts on the player. */
export interface Intents {
  pending: PendingIntent | null;
  /** The last intent that was sent, and when; null on a connection that has sent none. */
  lastSent: { act: Act | undefined; atMs: number } | null;
  /** The server takes no intent before. */
  notBeforeMs: number;
  /** The content that this member's player was last asked to publish a state for. */
  stateAskedFor: string | null;
  /** The player was asked for its state and has not replied yet. */
  awaitsState: boolean;
}

/** What this user has chosen for itself. */
export const sessionSettings = z.object({
  /** A shift of this user's own video, ms; positive for later in it. */
  offsetMs: field.offsetMs,
  /** Whether this user's tab follows when the party goes on to another video of the site. */
  followParty: z.boolean(),
});

/** Whether this tab is where the party is. */
export interface Navigation {
  /** The content that this tab has last shown together with the room. */
  lastSharedContentId: string | null;
  /** That content as this tab's own page described it. */
  lastSharedPage: RoomContent | null;
  /** The video that this tab is on its way to. Without a `url` only its site can bring it there. */
  pending: { contentId: string; url: string | null; navigated: boolean } | null;
}

/** What typing and floating reactions are left with when the connection ends. */
export const NO_EPHEMERAL = {
  typing: [] as readonly Typist[],
  /** When `chat/typing` was last sent; null while this user does not type. */
  typingSentAtMs: null as number | null,
  floating: [] as readonly FloatingReaction[],
};

/** The part of one user in one room. All `…AtMs` are on the background's monotonic clock. */
export interface Session {
  identity: Identity;
  tab: Tab;
  connection: Connection;
  room: RoomView;
  /** What this member's player does, and when the last reports were sent. */
  report: { current: MemberReport; sentAtMs: readonly number[] };
  playback: Playback;
  intents: Intents;
  settings: z.infer<typeof sessionSettings>;
  navigation: Navigation;
  chat: {
    messages: readonly ChatItem[];
    /** What happened to the room, in the order of time. */
    notices: readonly Notice[];
    /** The messages of the room's own history, received at joining; null until then. */
    historyIds: readonly string[] | null;
  };
  ephemeral: typeof NO_EPHEMERAL;
  call: {
    /** What this user has on. */
    media: Media;
    /** Whether the server was ever sent it, so that its end must be sent as well. */
    mediaSent: boolean;
    /** Signals to peers of the call, in the order they were sent. */
    relays: readonly SentRelay[];
  };
  clock: {
    twoWay: Clock;
    oneWay: OneWayClock;
    pings: readonly { id: number; t1Ms: number }[];
    nextPingId: number;
    /** When the exchange with this server's clock started. */
    startedAtMs: number;
    /** Wall clock minus monotonic clock at the last event. A change means that the machine slept. */
    wallLeadMs: number | null;
  };
}
