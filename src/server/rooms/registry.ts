import { andThen, type MaybePromise } from '../maybe-promise.ts';
import { rateLimit } from '../rate-limit.ts';
import { Refusal } from '../refusal.ts';
import { endLater, settle, type Context } from './presence.ts';
import type { Deps, Room } from './room.ts';
import { newRoomState, revive, type RoomState } from './state.ts';

/** A mistyped link is tried a few times; who guesses has its connections closed. */
const WRONG_KEYS = { burst: 10, perSec: 0.1 };

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
      wrongKey: rateLimit(WRONG_KEYS.burst, WRONG_KEYS.perSec, deps.nowMs),
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

  /** The room of this id: live, or as the store remembers it, or a new one. */
  open(roomId: string): MaybePromise<Room> {
    const live = this.#rooms.get(roomId) ?? this.#opening.get(roomId);
    if (live) return live;
    if (this.#rooms.size + this.#opening.size >= this.#context.limits.maxRooms) {
      throw new Refusal('bad_request', 'this server has no space for another room; try again later', {
        retryAfterMs: 10_000,
      });
    }
    const opened = andThen(this.#context.store.load(roomId), (state) => this.#revive(roomId, state));
    if (opened instanceof Promise) {
      const done = () => this.#opening.delete(roomId);
      this.#opening.set(roomId, opened);
      opened.then(done, done);
    }
    return opened;
  }

  #revive(roomId: string, stored: RoomState | undefined): Room {
    const { nowMs, randomId, setTimer, limits } = this.#context;
    if (stored) revive(stored, nowMs());
    const room: Room = {
      id: roomId,
      state: stored ?? newRoomState(randomId(), nowMs()),
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
