import type { Cap, Hold, Media, MemberReport, Peer } from '../../protocol/index.ts';
import type { HostClock } from '../host-clock.ts';
import type { IceSettings } from '../ice.ts';
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
  /** What members of a call are told to connect by. */
  ice: IceSettings;
}

/** One connection. It can be in several rooms at once. */
export interface Session extends Connection {
  readonly address: string;
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
  /** What it has on in the call. */
  media: Media;
  /** Holds nobody up by a stall until it reports `ready` (HOLD-9). */
  excused: boolean;
  endGrace: Cancel;
}

/** Why a film that is to play stands, and for whom; its timeline is `held` as long as there is one. */
export interface RoomHold {
  readonly reason: Hold['reason'];
  /** The userIds of those who are not ready. */
  readonly waitingFor: Set<string>;
  /** The room's `seq` when it began; a change of rate makes another without ending it. */
  readonly sinceSeq: number;
  /** The server's clock, as the other times. */
  readonly begunAtMs: number;
  untilMs: number;
  toldAtMs: number;
  cancelUntil: Cancel;
  cancelTelling: Cancel | null;
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
  hold: RoomHold | null;
  /** Who stalls while the film runs under `wait`, and how to undo the timer that makes a hold of it. */
  readonly stalls: Map<Member, Cancel>;
  /** Undo the timers that are running, if any. */
  cancelEnd: Cancel | null;
  cancelFlush: Cancel | null;
  cancelRateTick: Cancel | null;
  /** Set while an opened start is to come, which plain v1 members are told when it is there. */
  cancelStart: Cancel | null;
}

/** Whether the film is to play and stands yet: it is held, or its start is to come. */
export const stands = ({ hold, cancelStart }: Room): boolean => hold !== null || cancelStart !== null;

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
