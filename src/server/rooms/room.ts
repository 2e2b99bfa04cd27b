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

/** What the core runs on. */
export interface Deps {
  nowMs: Now;
  setTimer: SetTimer;
  randomId: RandomId;
  store: RoomStore;
  log: Log;
  limits: ServerLimits;
  /** What one connection may use up, as the limits have it. */
  rates: Readonly<Record<ConnectionResource, Rate>>;
  /** What is counted by address. */
  addresses: AddressBook;
  /** What members of a call are told to connect by. */
  ice: IceSettings;
}

/** {@link Deps} with what a room that ends, or is recovered, needs of the registry. */
export interface RoomDeps extends Deps {
  drop: (room: Room) => void;
  /** Start of this process: whatever it has forgotten was before. */
  startedAtMs: number;
}

/** One connection. It can be in several rooms at once. */
export interface ClientConnection extends Connection {
  readonly address: string;
  readonly budget: Budget<ConnectionResource>;
  readonly account: AddressAccount;
  /** How often it has joined a room. */
  joinCount: number;
  /** The TURN password it was told, as long as it is good. */
  turnCredentials: { answer: IceAnswer; freshUntilMs: number; endsAtMs: number } | null;
  readonly senderClock: HostClock;
  /** Its memberships by roomId. */
  readonly members: Map<string, Member>;
}

/** One userId in one room. */
export interface Member {
  peer: Peer;
  caps: ReadonlySet<Cap>;
  /** null while the connection is lost and its grace lasts. */
  connection: ClientConnection | null;
  report: MemberReport;
  /** What it has on in the call. */
  media: Media;
  /** Whether it has said so since it came: only by that the others know that its program knows of calls. */
  announcedMedia: boolean;
  /** Holds nobody up by a stall until it reports `ready` (HOLD-9). */
  excused: boolean;
  /** Until then it stays so whatever it reports (HOLD-14). */
  excusedUntilMs: number;
  /** When the room last went on without it. */
  lastExcusedAtMs: number;
  cancelGrace: Cancel;
  /** What relays to this member draw from, by who sends them; made when first needed. */
  relayBuckets: WeakMap<ClientConnection, TokenBucket> | null;
}

/** Why a film that is to play stands, and for whom; its timeline is `held` as long as there is one. */
export interface RoomHold {
  readonly reason: Hold['reason'];
  /** The userIds of those who are not ready. */
  readonly waitingFor: Set<string>;
  /** The room's `seq` when it began; a change of rate makes another without ending it. */
  readonly sinceSeq: number;
  /** The server's clock, as the other times. */
  readonly startedAtMs: number;
  untilMs: number;
  lastSentAtMs: number;
  cancelTimeout: Cancel;
  cancelUpdate: Cancel | null;
}

/** A live room: what is kept of it, and who is there. */
export interface Room {
  readonly id: string;
  readonly state: RoomState;
  /** Proves who made the room's key; known once it was shown, and told to whoever is host (PROOF). */
  hostSecret: string | null;
  /** The last `room/access` and who was told it. */
  lastAccessSent: { connection: ClientConnection; text: string } | null;
  /** Until then nobody may lock, remove or hand over: who can prove to be host may still be on the way (PROOF-5). */
  unprovenUntilMs: number;
  /** Until when nobody new gets in from an address of which somebody was removed. */
  readonly removedFrom: Map<string, number>;
  /** When its last member left; null while somebody is in it. */
  emptySinceMs: number | null;
  /** Uncounts it of the address it was made from. */
  releaseCount: () => void;
  /** By userId, the longest present first. */
  readonly members: Map<string, Member>;
  /** Made just now: nobody has been in it yet. */
  isNew: boolean;
  /** Members whose figures have changed since the last `member/states`. */
  readonly pendingReports: Set<Member>;
  hold: RoomHold | null;
  /** Who stalls while the film runs under `wait`, and how to undo the timer that makes a hold of it. */
  readonly stalls: Map<Member, Cancel>;
  /** Undo the timers that are running, if any. */
  cancelEnd: Cancel | null;
  cancelFlush: Cancel | null;
  cancelRateUpdate: Cancel | null;
  /** Set while an opened start is to come, which plain v1 members are told when it is there. */
  cancelStart: Cancel | null;
}

/** The members whose connection is up. */
export const connectedMembers = ({ members }: Room): Member[] =>
  [...members.values()].filter(({ connection }) => connection);

/** Whether the film is to play and stands yet: it is held, or its start is to come. */
export const isWaitingToPlay = ({ hold, cancelStart }: Room): boolean =>
  hold !== null || cancelStart !== null;

/** Tells the store that the room has changed. */
export function save({ store, log }: Deps, room: Room): void {
  void rescue(() => store.save(room.id, room.state), logStoreFailure(log));
}

/** Makes the store forget the room. */
export function removeFromStore({ store, log }: Deps, room: Room): void {
  void rescue(() => store.remove(room.id), logStoreFailure(log));
}

// A store that fails costs the room its memory, not its party.
const logStoreFailure = (log: Log) => (error: unknown) => log.error(errorFields(error), 'the store failed');
