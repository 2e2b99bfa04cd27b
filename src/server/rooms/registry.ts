import { andThen, type MaybePromise } from '../maybe-promise.ts';
import { ProtocolError } from '../protocol-error.ts';
import { endRoom, onMemberGone, scheduleEnd } from './room-lifetime.ts';
import type { ClientConnection, Deps, Room, RoomDeps } from './room.ts';
import { newRoomState, resumeStored, type RoomState } from './state.ts';

/** Delay after which a full server may be asked for a room again. */
const FULL_RETRY_MS = 10_000;

/** The live rooms, by id. */
export class RoomRegistry {
  readonly #deps: RoomDeps;
  readonly #rooms = new Map<string, Room>();
  /** Rooms being loaded: two joiners at once must get one room. */
  readonly #opening = new Map<string, Promise<Room>>();

  constructor(deps: Deps) {
    this.#deps = {
      ...deps,
      drop: (room) => void this.#rooms.delete(room.id),
      startedAtMs: deps.nowMs(),
    };
  }

  get deps(): RoomDeps {
    return this.#deps;
  }

  get size(): number {
    return this.#rooms.size;
  }

  get(roomId: string): Room | undefined {
    return this.#rooms.get(roomId);
  }

  values(): Iterable<Room> {
    return this.#rooms.values();
  }

  /** Returns the live, stored or new room of this id; a new one counts towards `connection`'s address. */
  open(roomId: string, connection: ClientConnection): MaybePromise<Room> {
    const live = this.#rooms.get(roomId) ?? this.#opening.get(roomId);
    if (live) return live;
    if (this.#rooms.size + this.#opening.size >= this.#deps.limits.maxRooms && !this.#makeSpace()) {
      const why = 'this server has no space for another room; try again later';
      throw new ProtocolError('bad_request', why, { retryAfterMs: FULL_RETRY_MS });
    }
    const releaseCount = countRoomOf(connection);
    const opened = andThen(this.#deps.store.load(roomId), (state) =>
      this.#revive(roomId, state, releaseCount),
    );
    if (opened instanceof Promise) {
      const done = () => this.#opening.delete(roomId);
      this.#opening.set(roomId, opened);
      opened.then(done, () => {
        done();
        releaseCount();
      });
    }
    return opened;
  }

  /** Ends a new room that nobody entered. */
  closeUnentered(room: Room): void {
    if (room.isNew && room.members.size === 0) endRoom(this.#deps, room);
  }

  /** Ends the room that has been empty the longest; false if none is empty (LIM-5). */
  #makeSpace(): boolean {
    let longest: Room | undefined;
    for (const room of this.#rooms.values()) {
      const { emptySinceMs } = room;
      if (emptySinceMs !== null && emptySinceMs < (longest?.emptySinceMs ?? Infinity)) longest = room;
    }
    if (longest) endRoom(this.#deps, longest);
    return longest !== undefined;
  }

  #revive(roomId: string, stored: RoomState | undefined, releaseCount: () => void): Room {
    const { nowMs, randomId, setTimer, limits } = this.#deps;
    if (stored) resumeStored(stored, nowMs());
    const room: Room = {
      id: roomId,
      state: stored ?? newRoomState(randomId(), nowMs()),
      hostSecret: null,
      lastAccessSent: null,
      unprovenUntilMs: 0,
      removedFrom: new Map(),
      emptySinceMs: nowMs(),
      releaseCount,
      members: new Map(),
      isNew: !stored,
      pendingReports: new Set(),
      hold: null,
      stalls: new Map(),
      cancelEnd: null,
      cancelFlush: null,
      cancelRateUpdate: null,
      cancelStart: null,
    };
    this.#rooms.set(roomId, room);
    // The join that opens the room can still be refused, so the room may stay empty.
    scheduleEnd(this.#deps, room);
    // A host from before this process gets the same grace as one whose connection broke.
    if (stored) setTimer(() => room.members.size > 0 && onMemberGone(this.#deps, room), limits.graceMs);
    return room;
  }
}

/** Charges a new room to its maker's address; throws above the limit (LIM-13). */
function countRoomOf({ account }: ClientConnection): () => void {
  const waitMs = account.take('rooms');
  const releaseCount = waitMs > 0 ? null : account.count('rooms');
  if (releaseCount) return releaseCount;
  const why = 'too many rooms were made from your address; try again later';
  throw new ProtocolError('bad_request', why, { retryAfterMs: waitMs || FULL_RETRY_MS });
}
