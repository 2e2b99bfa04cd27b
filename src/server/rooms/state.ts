import type { ChatEntry, Control, Notice, RoomSnapshot, WaitPolicy } from '../../protocol/index.ts';
import { opened } from '../../sync/hold.ts';
import type { Timeline } from '../../sync/timeline.ts';

export interface Content {
  contentId: string;
  meta?: unknown;
  fromUserId: string;
  /** The room's `seq` when this content came. */
  seq: number;
}

/** All that is worth keeping of a room when its members are gone; plain data that `structuredClone` can copy. */
export interface RoomState {
  epoch: string;
  createdAtMs: number;
  /** Counts every change of content and timeline. */
  seq: number;
  content: Content | null;
  /** Its `contentId` is always the one of `content`. */
  timeline: Timeline | null;
  /** Who acted last on the timeline. */
  actorUserId: string;
  /** Made from a member's snapshot, and nobody has acted since: a newer snapshot of the same epoch is better. */
  provisional: boolean;
  hostUserId: string | null;
  /** Somebody has proved to have made the room, in this life of it (PROOF). */
  proven: boolean;
  control: Control;
  waitPolicy: WaitPolicy;
  /** What is kept of the room's key; null where there is none. */
  keyHash: string | null;
  /** Nobody new gets in. */
  locked: boolean;
  /** The userIds that were removed. */
  barred: Set<string>;
  /** Token hashes by the userId they guard, as long as the room lives. */
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

/** Takes up a state that another process kept: with it went the timers a start was waiting for (HOLD-12). */
export function resumeStored(state: RoomState, nowMs: number): void {
  const { timeline } = state;
  if (!timeline?.playing || (!timeline.held && timeline.atServerMs <= nowMs)) return;
  state.seq += 1;
  state.timeline = opened(timeline, nowMs, state.seq);
}

/** More acts than any party makes: a made-up `seq` must leave room to count on. */
const MAX_SEQ = 1e9;

/** Whether `snapshot` knows more of this room than the room itself does. */
export function isNewer(state: RoomState, snapshot: RoomSnapshot): boolean {
  return (
    state.provisional && snapshot.epoch === state.epoch && snapshot.seq > state.seq && snapshot.seq < MAX_SEQ
  );
}

/** Nothing in it would be missed: nothing was ever on, nothing said, nobody kept out. */
export function isUnused({ seq, content, history, locked, barred }: RoomState): boolean {
  return seq === 0 && content === null && history.length === 0 && !locked && barred.size === 0;
}

/** Nobody has given the room anything to watch yet, and everybody might. */
export function isEmpty(state: RoomState): boolean {
  return state.seq === 0 && state.content === null && state.control === 'everyone';
}

/** The room as a member remembers it. */
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
