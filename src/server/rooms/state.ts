import type { ChatEntry, Control, Notice, RoomSnapshot, WaitPolicy } from '../../protocol/index.ts';
import { releaseTimeline } from '../../sync/start-barrier.ts';
import type { Timeline } from '../../sync/timeline.ts';

export interface Content {
  contentId: string;
  meta?: unknown;
  fromUserId: string;
  /** The room's `seq` at this change of content. */
  seq: number;
}

/** The part of a room that outlives its members; plain data that `structuredClone` can copy. */
export interface RoomState {
  epoch: string;
  createdAtMs: number;
  /** Counts every change of content and timeline. */
  seq: number;
  content: Content | null;
  /** Its `contentId` always equals that of `content`. */
  timeline: Timeline | null;
  /** The userId of the last act on the timeline. */
  actorUserId: string;
  /** Adopted from a snapshot and unchanged since: a newer snapshot of the same epoch replaces it. */
  provisional: boolean;
  hostUserId: string | null;
  /** A member has proved in this life of the room that it made it (PROOF). */
  proven: boolean;
  control: Control;
  waitPolicy: WaitPolicy;
  /** Hash of the room's key; `null` without one. */
  keyHash: string | null;
  /** The room admits no newcomers. */
  locked: boolean;
  /** The userIds of removed members. */
  barred: Set<string>;
  /** Token hashes by userId, for the life of the room. */
  guards: Map<string, string>;
  /** In the order of `tsMs`. */
  history: ChatEntry[];
  /** Likewise. */
  notices: Notice[];
}

export function newRoomState(epoch: string, nowMs: number): RoomState {
  return {
    epoch,
    createdAtMs: nowMs,
    seq: 0,
    content: null,
    timeline: null,
    actorUserId: '',
    provisional: false,
    hostUserId: null,
    proven: false,
    control: 'everyone',
    waitPolicy: 'go_on',
    keyHash: null,
    locked: false,
    barred: new Set(),
    guards: new Map(),
    history: [],
    notices: [],
  };
}

/** Resumes a state that another process stored: the timers of its hold or start are gone (HOLD-12). */
export function resumeStored(state: RoomState, nowMs: number): void {
  const { timeline } = state;
  if (!timeline?.playing || (!timeline.held && timeline.atServerMs <= nowMs)) return;
  state.seq += 1;
  state.timeline = releaseTimeline(timeline, nowMs, state.seq);
}

/** More acts than any party makes; a forged `seq` must leave room to count on. */
const MAX_SEQ = 1e9;

/** Whether `snapshot` is newer than the room's own state. */
export function isNewer(state: RoomState, snapshot: RoomSnapshot): boolean {
  return (
    state.provisional && snapshot.epoch === state.epoch && snapshot.seq > state.seq && snapshot.seq < MAX_SEQ
  );
}

/** Whether the state is not worth storing: no content, no chat, no lock, no removal. */
export function isUnused({ seq, content, history, locked, barred }: RoomState): boolean {
  return seq === 0 && content === null && history.length === 0 && !locked && barred.size === 0;
}

/** Whether the room has had no content yet and everybody may set one. */
export function isEmpty(state: RoomState): boolean {
  return state.seq === 0 && state.content === null && state.control === 'everyone';
}

/** Replaces content and timeline by a member's snapshot. */
export function adoptSnapshot(state: RoomState, snapshot: RoomSnapshot, userId: string, nowMs: number): void {
  if (snapshot.seq >= MAX_SEQ) return;
  const { epoch, seq, content, playback } = snapshot;
  state.epoch = epoch;
  state.seq = seq;
  state.provisional = true;
  state.actorUserId = userId;
  state.content = content ? { ...content, fromUserId: userId, seq } : null;
  state.timeline = playback
    ? {
        contentId: content?.contentId ?? null,
        playing: playback.playing,
        rate: playback.rate,
        positionSec: playback.positionSec,
        atServerMs: nowMs - playback.ageMs,
        seq,
      }
    : null;
}
