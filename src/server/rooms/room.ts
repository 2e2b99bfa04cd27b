import type { Cap, Hold, Media, MemberReport, Peer } from '../../protocol/index.ts';
import type { HostClock } from '../host-clock.ts';
import type { IceAnswer, IceSettings } from '../ice.ts';
import type { AddressAccount, AddressBook } from '../limits/address-book.ts';
import type { Budget } from '../limits/budget.ts';
import type { ConnectionResource } from '../limits/rates.ts';
import type { ServerLimits } from '../limits/server-limits.ts';
import type { Rate, TokenBucket } from '../limits/token-bucket.ts';
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
import type { RoomStore } from '../store.ts';
import type { RoomState } from './state.ts';

/** The dependencies of the core. */
export interface Deps {
  nowMs: Now;
  setTimer: SetTimer;
  randomId: RandomId;
  store: RoomStore;
  log: Log;
  limits: ServerLimits;
  /** Rate limits of one connection, derived from `limits`. */
  rates: Readonly<Record<ConnectionResource, Rate>>;
  /** Usage by address. */
  addresses: AddressBook;
  /** STUN and TURN servers for calls. */
  ice: IceSettings;
}

/** {@link Deps} and the registry's part in ending and recovering a room. */
export interface RoomDeps extends Deps {
  drop: (room: Room) => void;
  /** Start of this process; it remembers no room from before. */
  startedAtMs: number;
}

/** One connection. It can be in several rooms at once. */
export interface ClientConnection extends Connection {
  readonly address: string;
  readonly budget: Budget<ConnectionResource>;
  readonly account: AddressAccount;
  /** Number of joins so far. */
  joinCount: number;
  /** Its TURN credentials, while they are valid. */
  turnCredentials: { answer: IceAnswer; freshUntilMs: number; endsAtMs: number } | null;
  readonly senderClock: HostClock;
  /** Its memberships by roomId. */
  readonly members: Map<string, Member>;
}

/** One userId in one room. */
export interface Member {
  peer: Peer;
  caps: ReadonlySet<Cap>;
  /** `null` during the grace period of a lost connection. */
  connection: ClientConnection | null;
  report: MemberReport;
  /** Its microphone and camera in the call. */
  media: Media;
  /** It has announced `media` since it joined, which tells the others that its client supports calls. */
  announcedMedia: boolean;
  /** Its stalls hold nothing until it reports `ready` (HOLD-9). */
  excused: boolean;
  /** Until then `ready` does not end the excuse (HOLD-14). */
  excusedUntilMs: number;
  /** When the room last went on without it. */
  lastExcusedAtMs: number;
  cancelGrace: Cancel;
  /** Rate limits of relays to this member, by sender; made on first use. */
  relayBuckets: WeakMap<ClientConnection, TokenBucket> | null;
}

/** A hold: its reason and the members it waits for. The timeline is `held` as long as there is one. */
export interface RoomHold {
  readonly reason: Hold['reason'];
  /** The userIds of members that are not ready. */
  readonly waitingFor: Set<string>;
  /** The room's `seq` at its start; a change of rate counts on without ending the hold. */
  readonly sinceSeq: number;
  /** On the server's clock, as the other times. */
  readonly startedAtMs: number;
  untilMs: number;
  lastSentAtMs: number;
  cancelTimeout: Cancel;
  cancelUpdate: Cancel | null;
}

/** A live room: its stored state and its members. */
export interface Room {
  readonly id: string;
  readonly state: RoomState;
  /** The secret of the room's key, once shown; sent to the host (PROOF). */
  hostSecret: string | null;
  /** The last `room/access` and its receiver. */
  lastAccessSent: { connection: ClientConnection; text: string } | null;
  /** Nobody may lock, remove or hand over before: the proven host may still be about to join (PROOF-5). */
  unprovenUntilMs: number;
  /** Times until which no newcomer may join from the network of a removed member. */
  readonly removedFrom: Map<string, number>;
  /** When its last member left; `null` while it has members. */
  emptySinceMs: number | null;
  /** Ends its count towards the address that made it. */
  releaseCount: () => void;
  /** By userId, the longest present first. */
  readonly members: Map<string, Member>;
  /** Made just now: it has had no member yet. */
  isNew: boolean;
  /** Members whose figures have changed since the last `member/states`. */
  readonly pendingReports: Set<Member>;
  hold: RoomHold | null;
  /** Members that stall under `wait`, with the timer that will begin a hold. */
  readonly stalls: Map<Member, Cancel>;
  /** Cancel the running timers, if any. */
  cancelEnd: Cancel | null;
  cancelFlush: Cancel | null;
  cancelRateUpdate: Cancel | null;
  /** Set until a released start; plain v1 members are told at that moment. */
  cancelStart: Cancel | null;
}

/** The connected members. */
export const connectedMembers = ({ members }: Room): Member[] =>
  [...members.values()].filter(({ connection }) => connection);

/** Whether playback is on but has not started: it is held, or its start is scheduled. */
export const isWaitingToPlay = ({ hold, cancelStart }: Room): boolean =>
  hold !== null || cancelStart !== null;

/** Stores the changed state. */
export function save({ store, log }: Deps, room: Room): void {
  void rescue(() => store.save(room.id, room.state), logStoreFailure(log));
}

/** Removes the room from the store. */
export function removeFromStore({ store, log }: Deps, room: Room): void {
  void rescue(() => store.remove(room.id), logStoreFailure(log));
}

// A failing store loses the room's memory, not its party.
const logStoreFailure = (log: Log) => (error: unknown) => log.error(errorFields(error), 'the store failed');
