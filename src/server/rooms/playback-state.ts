import { applyIntent, type RoomIntent } from '../../sync/timeline.ts';
import type { RoomState } from './state.ts';

interface ContentChange {
  contentId: string;
  meta?: unknown;
  baseSeq?: number | undefined;
}

/** Whether the act was made on content that the room has left, and names none of now (TL-6). */
function isStale(state: RoomState, baseSeq: number | undefined, contentId: string | undefined): boolean {
  const { content } = state;
  return (
    content !== null && baseSeq !== undefined && baseSeq < content.seq && contentId !== content.contentId
  );
}

/** `changed`: other content, and no timeline yet. `updated`: only its meta. */
export function changeContent(
  state: RoomState,
  change: ContentChange,
  userId: string,
): 'changed' | 'updated' | 'stale' {
  const { contentId, meta, baseSeq } = change;
  if (isStale(state, baseSeq, contentId)) return 'stale';
  const described = meta === undefined ? {} : { meta };
  state.provisional = false;
  if (state.content?.contentId === contentId) {
    state.content = { ...state.content, ...described, fromUserId: userId };
    return 'updated';
  }
  state.seq += 1;
  state.content = { contentId, ...described, fromUserId: userId, seq: state.seq };
  state.timeline = null;
  state.actorUserId = userId;
  return 'changed';
}

/** An intent as received; the room's state fills missing fields. */
export type PlaybackIntent = Omit<RoomIntent, 'contentId' | 'rate'> & {
  contentId: string | undefined;
  rate: number | undefined;
};

/** Whether the intent is for the current content: neither too late nor for other content. */
export function matchesContent(state: RoomState, { contentId, baseSeq }: PlaybackIntent): boolean {
  return (
    !isStale(state, baseSeq, contentId) && (contentId === undefined || contentId === state.content?.contentId)
  );
}

/** A `seq` before every timeline's. */
const BEHIND_SEQ = -1;

interface Change {
  /** The timeline changed; the new one is not held. */
  applied: boolean;
  /** The intent changed the content first (TL-5). */
  contentChanged: boolean;
}

/**
 * Makes an intent the room's timeline. While the room waits to play, an act changes only what it names: the rest of its state is that
 * of a player which was told to wait (HOLD-8).
 */
export function changePlayback(
  state: RoomState,
  intent: PlaybackIntent,
  userId: string,
  waitsToPlay: boolean,
): Change {
  const { contentId: named } = intent;
  if (isStale(state, intent.baseSeq, named)) return { applied: false, contentChanged: false };
  const baseSeq = waitsToPlay && intent.act ? BEHIND_SEQ : intent.baseSeq;
  const contentChanged = named !== undefined && changeContentOf(state, named, userId);
  const contentId = state.content?.contentId ?? null;
  const rate = intent.rate ?? state.timeline?.rate ?? 1;
  const whole = { ...intent, contentId, rate, ...(baseSeq !== undefined && { baseSeq }) };
  const moved = applyIntent(state.timeline, whole, state.seq + 1);
  if (!moved) return { applied: false, contentChanged };
  const { held: _, ...timeline } = moved;
  state.seq = timeline.seq;
  state.timeline = timeline;
  state.actorUserId = userId;
  state.provisional = false;
  return { applied: true, contentChanged };
}

function changeContentOf(state: RoomState, contentId: string, userId: string): boolean {
  return state.content?.contentId !== contentId && changeContent(state, { contentId }, userId) === 'changed';
}
