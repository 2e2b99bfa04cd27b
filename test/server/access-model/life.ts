import type { Conn } from './conn.ts';
import { keyFrom, type Attempt } from './setting.ts';

export const GRACE_MS = 8000;
export const ROOM_GRACE_MS = 60_000;
export const ADDRESS_BAN_MS = 3_600_000;
export const FORGOTTEN_FOR_MS = 120_000;

/** One userId that is in the room, or whose place is kept. */
export interface Seat {
  conn: Conn | null;
  address: string;
  /** When its grace ends, and the how manieth loss that was. */
  lost: { untilMs: number; order: number } | null;
}

/** One life of the room on one server, as the rules have it. */
export class Life {
  key: string | null;
  /** The longest present first. */
  readonly seats = new Map<string, Seat>();
  host: string | null = null;
  locked = false;
  control: 'everyone' | 'host' = 'everyone';
  /** Token hashes. What a proof replaced may go on counting or not. */
  guards = new Map<string, string>();
  readonly doubtfulGuards = new Set<string>();
  readonly barred = new Set<string>();
  readonly doubtfullyBarred = new Set<string>();
  readonly removedAddresses = new Map<string, number>();
  /** Whose proof counted, and the secret it showed. */
  proven: { userId: string; hostSecret: string } | null = null;
  /** Something was on. */
  hasFilm = false;
  /** Something was on or said, so the room outlives its members. */
  isUsed = false;
  /** Until when nobody may lock, remove or hand over, since nobody has proven to be the host (PROOF-5). */
  provisionalUntilMs = 0;
  /** Until when that is left open here: the snapshot came later, which must not make the wait longer. */
  doubtfulUntilMs = 0;
  endsAtMs: number | null = null;
  /** The server is so young that there may have been a life before, of which it knows nothing. */
  mayBeForgotten = true;

  readonly madeAtMs: number;

  constructor(key: string | null, madeAtMs: number) {
    this.key = key;
    this.madeAtMs = madeAtMs;
  }

  /** Nobody has given the room anything to watch, and everybody might: a snapshot is taken up (RES-9). */
  get isBlank(): boolean {
    return !this.hasFilm && this.control === 'everyone';
  }

  /** Members whose connection is up, by userId. */
  present(): string[] {
    return [...this.seats].filter(([, { conn }]) => conn).map(([userId]) => userId);
  }

  /** Somebody has gone for good (ROLE-2, LOSS-6). */
  settle(nowMs: number): void {
    if (this.host === null || !this.seats.has(this.host)) {
      this.host = this.present()[0] ?? [...this.seats.keys()][0] ?? null;
    }
    if (this.seats.size === 0) this.endsAtMs = nowMs + ROOM_GRACE_MS;
  }

  isGuarded(userId: string): boolean {
    return this.guards.has(userId);
  }
}

/** Whether this join gives a room without a key its key, and puts all others out (KEY-3). */
export function takesKey(life: Life, { key, snapshot, isPlain }: Attempt): boolean {
  const brings = !isPlain && key !== undefined && snapshot !== undefined;
  return brings && life.key === null && life.isBlank && life.mayBeForgotten;
}

/** Whether the room's key is cut from the secret that is shown (PROOF-2). A room without a key has no proof. */
export function proves(life: Life | null, attempt: Attempt): boolean {
  const { access, key, isPlain } = attempt;
  if (isPlain || !access) return false;
  const opened = life && !takesKey(life, attempt) ? life.key : key;
  return opened !== null && opened !== undefined && keyFrom(access.hostSecret) === opened;
}
