import { andThen, type MaybePromise } from '../maybe-promise.ts';
import { Refusal } from '../refusal.ts';
import { end, endLater, settle, type Context } from './presence.ts';
import type { Deps, Room, Session } from './room.ts';
import { newRoomState, revive, type RoomState } from './state.ts';

/** When somebody may try again to make a room on a server that is full. */
const FULL_RETRY_MS = 10_000;

/** The live rooms, by id. */
export class RoomRegistry {
  readonly #context: Context;
  readonly #rooms = new Map<string, Room>();
  /** Rooms the store is still asked about: two joiners at once must find one room. */
  readonly #opening = new Map<string, Promise<Room>>();

  constructor(deps: Deps) {
    this.#context = {
      ...deps,
      drop: (room) => void this.#rooms.delete(room.id),
      startedAtMs: deps.nowMs(),
    };
  }

  get context(): Context {
    return this.#context;
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

  /** The room of this id: live, or as the store remembers it, or a new one, which is counted as made by `session`. */
  open(roomId: string, session: Session): MaybePromise<Room> {
    const live = this.#rooms.get(roomId) ?? this.#opening.get(roomId);
    if (live) return live;
    if (this.#rooms.size + this.#opening.size >= this.#context.limits.maxRooms && !this.#makeSpace()) {
      const why = 'this server has no space for another room; try again later';
      throw new Refusal('bad_request', why, { retryAfterMs: FULL_RETRY_MS });
    }
    const uncount = countRoom(session);
    const opened = andThen(this.#context.store.load(roomId), (state) => this.#revive(roomId, state, uncount));
    if (opened instanceof Promise) {
      const done = () => this.#opening.delete(roomId);
      this.#opening.set(roomId, opened);
      opened.then(done, () => {
        done();
        uncount();
      });
    }
    return opened;
  }

  /** A room that nobody has entered after all is not kept. */
  closeUnentered(room: Room): void {
    if (room.pristine && room.members.size === 0) end(this.#context, room);
  }

  /** Ends the room that has been empty the longest; false when none is (LIM-5). */
  #makeSpace(): boolean {
    let longest: Room | undefined;
    for (const room of this.#rooms.values()) {
      const { emptySinceMs } = room;
      if (emptySinceMs !== null && emptySinceMs < (longest?.emptySinceMs ?? Infinity)) longest = room;
    }
    if (longest) end(this.#context, longest);
    return longest !== undefined;
  }

  #revive(roomId: string, stored: RoomState | undefined, uncount: () => void): Room {
    const { nowMs, randomId, setTimer, limits } = this.#context;
    if (stored) revive(stored, nowMs());
    const room: Room = {
      id: roomId,
      state: stored ?? newRoomState(randomId(), nowMs()),
      hostSecret: null,
      accessTold: null,
      unprovenUntilMs: 0,
      removedFrom: new Map(),
      emptySinceMs: nowMs(),
      uncount,
      members: new Map(),
      pristine: !stored,
      unreported: new Set(),
      hold: null,
      stalls: new Map(),
      cancelEnd: null,
      cancelFlush: null,
      cancelRateTick: null,
      cancelStart: null,
    };
    this.#rooms.set(roomId, room);
    // Nobody may come after all: the join that opens the room can still be refused.
    endLater(this.#context, room);
    // A host from before this process is given the same grace as one whose connection broke.
    if (stored) setTimer(() => room.members.size > 0 && settle(this.#context, room), limits.graceMs);
    return room;
  }
}

/** Draws a new room of its maker's address; throws when there are too many (LIM-13). */
function countRoom({ account }: Session): () => void {
  const waitMs = account.take('rooms');
  const uncount = waitMs > 0 ? null : account.count('rooms');
  if (uncount) return uncount;
  const why = 'too many rooms were made from your address; try again later';
  throw new Refusal('bad_request', why, { retryAfterMs: waitMs || FULL_RETRY_MS });
}
