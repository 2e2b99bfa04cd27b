import { applyIntent, type Intent } from '../../sync/timeline.ts';
import type { RoomState } from './state.ts';

interface ContentChange {
  contentId: string;
  meta?: unknown;
  baseSeq?: number | undefined;
}

/** Whether the act was made on content the room has since left, and wants another than it has now (TL-6). */
function isStale(state: RoomState, baseSeq: number | undefined, contentId: string | undefined): boolean {
  const { content } = state;
  return (
    content !== null && baseSeq !== undefined && baseSeq < content.seq && contentId !== content.contentId
  );
}

/** `changed`: another content, and no timeline yet. `updated`: only its meta. */
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

/** An intent as it came: what it leaves out is as the room has it. */
export type PlaybackIntent = Omit<Intent, 'contentId' | 'rate'> & {
  contentId: string | undefined;
  rate: number | undefined;
};

/** `applied`: there is a new timeline. With `contentChanged` the intent brought another content along (TL-5). */
export function changePlayback(
  state: RoomState,
  intent: PlaybackIntent,
  userId: string,
): { applied: boolean; contentChanged: boolean } {
  const { contentId: named, baseSeq } = intent;
  if (isStale(state, baseSeq, named)) return { applied: false, contentChanged: false };
  const contentChanged = named !== undefined && changeContentOf(state, named, userId);
  const contentId = state.content?.contentId ?? null;
  const rate = intent.rate ?? state.timeline?.rate ?? 1;
  const timeline = applyIntent(state.timeline, { ...intent, contentId, rate }, state.seq + 1);
  if (!timeline) return { applied: false, contentChanged };
  state.seq = timeline.seq;
  state.timeline = timeline;
  state.actorUserId = userId;
  state.provisional = false;
  return { applied: true, contentChanged };
}

function changeContentOf(state: RoomState, contentId: string, userId: string): boolean {
  return state.content?.contentId !== contentId && changeContent(state, { contentId }, userId) === 'changed';
}
