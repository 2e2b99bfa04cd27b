import type { Cap, MemberReport, Peer } from '../../protocol/index.ts';
import type { HostClock } from '../host-clock.ts';
import { rescue } from '../maybe-promise.ts';
import {
  errorFields,
  type Cancel,
  type Connection,
  type Log,
  type Now,
  type RandomId,
  type SetTimer,
} from '../ports.ts';
import type { ServerLimits } from '../server-limits.ts';
import type { RoomStore } from '../store.ts';
import type { TokenBucket } from '../token-bucket.ts';
import type { RoomState } from './state.ts';

/** What the core runs on. */
export interface Deps {
  nowMs: Now;
  setTimer: SetTimer;
  randomId: RandomId;
  store: RoomStore;
  log: Log;
  limits: ServerLimits;
}

/** One connection. It can be in several rooms at once. */
export interface Session extends Connection {
  readonly chat: TokenBucket;
  readonly hostClock: HostClock;
  /** Its memberships by roomId. */
  readonly members: Map<string, Member>;
}

/** One userId in one room. */
export interface Member {
  peer: Peer;
  caps: ReadonlySet<Cap>;
  /** null while the connection is lost and its grace lasts. */
  session: Session | null;
  report: MemberReport;
  endGrace: Cancel;
}

/** A live room: what is kept of it, and who is there. */
export interface Room {
  readonly id: string;
  readonly state: RoomState;
  /** By userId, the longest present first. */
  readonly members: Map<string, Member>;
  /** Made just now: nobody has been in it yet. */
  pristine: boolean;
  /** Members whose figures have changed since the last `member/states`. */
  readonly unreported: Set<Member>;
  /** Undo the timers that are running, if any. */
  cancelEnd: Cancel | null;
  cancelFlush: Cancel | null;
  cancelRateTick: Cancel | null;
}

/** Tells the store that the room has changed. */
export function save({ store, log }: Deps, room: Room): void {
  void rescue(() => store.save(room.id, room.state), storeFailed(log));
}

/** Makes the store forget the room. */
export function forget({ store, log }: Deps, room: Room): void {
  void rescue(() => store.remove(room.id), storeFailed(log));
}

// A store that fails costs the room its memory, not its party.
const storeFailed = (log: Log) => (error: unknown) => log.error(errorFields(error), 'the store failed');
