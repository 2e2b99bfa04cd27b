import { LIMITS, type Cap, type Notice } from '../../protocol/index.ts';
import { broadcastBy } from './broadcast.ts';
import type { Deps, Member, Room } from './room.ts';
import type { Content, RoomState } from './state.ts';

/** Within this time one member's moves, or new names, make one notice. */
const SAME_MOVE_MS = 10_000;

const PRESENCE_KINDS: readonly Notice['kind'][] = ['joined', 'left', 'removed'];

/** Whether a member with these caps gets notices of that kind: a client refuses unknown kinds (NOTE-6). */
export function receivesNotice(caps: ReadonlySet<Cap>, kind: Notice['kind']): boolean {
  return caps.has('notices') && (kind !== 'renamed' || caps.has('renames'));
}

/** Stores a notice beside the chat and broadcasts it (NOTE-1). */
export function addNotice(deps: Deps, room: Room, what: Omit<Notice, 'id' | 'tsMs'>): void {
  const notice: Notice = { id: deps.randomId(), tsMs: Math.round(deps.nowMs()), ...what };
  const { notices } = room.state;
  notices.push(notice);
  if (notices.length > LIMITS.historyCount) notices.shift();
  broadcastBy(
    room,
    ({ caps }) => receivesNotice(caps, notice.kind),
    (hears) => (hears ? { type: 'chat/notice', payload: { roomId: room.id, notice } } : undefined),
  );
}

/** Adds a notice of new content; the room's first content makes none (NOTE-3). */
export function addContentNotice(deps: Deps, room: Room, by: Member, before: Content | null): void {
  if (!before) return;
  const last = room.state.notices.at(-1);
  const again =
    last?.kind === 'content' && last.by?.userId === by.peer.userId && deps.nowMs() - last.tsMs < SAME_MOVE_MS;
  if (!again) addNotice(deps, room, { kind: 'content', by: by.peer });
}

/** Adds a notice of a new display name (NOTE-6). */
export function addRenameNotice(deps: Deps, room: Room, { peer }: Member, before: string | undefined): void {
  if (before === undefined || before === peer.displayName) return;
  const { notices } = room.state;
  const last = notices.at(-1);
  const again =
    last?.kind === 'renamed' && last.about?.userId === peer.userId && deps.nowMs() - last.tsMs < SAME_MOVE_MS;
  // Each new name is told, but a row of them must not push other notices out of the room's memory.
  if (again) notices.pop();
  const first = again && last.before !== peer.displayName ? last.before : before;
  addNotice(deps, room, { kind: 'renamed', about: peer, before: first });
}

/** Whether a member is present according to the notices; `null` if they never name it (NOTE-2). */
export function isAnnouncedPresent({ notices }: RoomState, userId: string): boolean | null {
  const last = notices.findLast(
    ({ kind, about }) => about?.userId === userId && PRESENCE_KINDS.includes(kind),
  );
  return last ? last.kind === 'joined' : null;
}
