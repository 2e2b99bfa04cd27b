import { LIMITS, type Notice } from '../../protocol/index.ts';
import type { Content, RoomState } from './state.ts';
import type { Deps, Member, Room } from './room.ts';
import { tell } from './telling.ts';

/** A site that leads on from page to page, or a person in search, is told of once. */
const SAME_MOVE_MS = 10_000;

const COMING_AND_GOING: readonly Notice['kind'][] = ['joined', 'left', 'removed'];

/** Keeps what happened to the room among its chat, and tells it (NOTE-1). */
export function announce(deps: Deps, room: Room, what: Omit<Notice, 'id' | 'tsMs'>): void {
  const notice: Notice = { id: deps.randomId(), tsMs: Math.round(deps.nowMs()), ...what };
  const { notices } = room.state;
  notices.push(notice);
  if (notices.length > LIMITS.historyCount) notices.shift();
  tell(room, {
    cap: 'notices',
    capped: () => ({ type: 'chat/notice', payload: { roomId: room.id, notice } }),
  });
}

/** The room has other content than `before`; its first is no move (NOTE-3). */
export function announceMove(deps: Deps, room: Room, by: Member, before: Content | null): void {
  if (!before) return;
  const last = room.state.notices.at(-1);
  const again =
    last?.kind === 'content' && last.by?.userId === by.peer.userId && deps.nowMs() - last.tsMs < SAME_MOVE_MS;
  if (!again) announce(deps, room, { kind: 'content', by: by.peer });
}

/** Whether the notices have it that somebody is here; null when they say nothing about them (NOTE-2). */
export function saidToBeHere({ notices }: RoomState, userId: string): boolean | null {
  const last = notices.findLast(
    ({ kind, about }) => about?.userId === userId && COMING_AND_GOING.includes(kind),
  );
  return last ? last.kind === 'joined' : null;
}
