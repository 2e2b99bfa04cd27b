import type { DriftLog } from '../messaging/commands.ts';
import type { MemberReport, Peer } from '../protocol/index.ts';

type Point = DriftLog[number]['points'][number];
/** The part of a session that is looked at. */
export interface Reports {
  me: Peer;
  myReport: MemberReport;
  peers: readonly { userId: string; report: MemberReport }[];
}

export const KEPT_MS = 5 * 60_000;
/** Two a second: a player that reports more often has the oldest of its points forgotten sooner. */
export const MAX_POINTS = 600;

/**
 * The last minutes of every member's drift, in memory only: it is for looking at, and need not outlive the background.
 * Time is handed in, as `Date.now()` counts.
 */
export class DriftRecorder {
  readonly #points = new Map<string, Point[]>();

  /** The session is another one than before; what of it was told anew is a point. */
  heard(session: Reports | null, before: Reports | null, nowMs: number): void {
    if (!session || session.me.userId !== before?.me.userId) this.#points.clear();
    if (!session) return;
    // A report that was told again is another object, also where it says the same: that too was measured.
    if (session.myReport !== before?.myReport) this.#add(session.me.userId, session.myReport, nowMs);
    if (session.peers === before?.peers) return;
    const known = new Map(before?.peers.map(({ userId, report }) => [userId, report]));
    for (const { userId, report } of session.peers) {
      if (report !== known.get(userId)) this.#add(userId, report, nowMs);
    }
  }

  read(nowMs: number): DriftLog {
    for (const [userId, points] of this.#points) {
      // Also what lies ahead: then the computer's clock was set back.
      const kept = points.filter(({ atMs }) => atMs > nowMs - KEPT_MS && atMs <= nowMs);
      if (kept.length > 0) this.#points.set(userId, kept);
      else this.#points.delete(userId);
    }
    return Array.from(this.#points, ([userId, points]) => ({ userId, points: [...points] }));
  }

  #add(userId: string, { state, driftMs, boundMs }: MemberReport, atMs: number): void {
    const point = { atMs, driftMs: driftMs ?? null, boundMs: boundMs ?? null, state };
    const points = this.#points.get(userId);
    if (!points) {
      // Those who left long ago would else stay until somebody looks.
      this.read(atMs);
      this.#points.set(userId, [point]);
      return;
    }
    points.push(point);
    if (points.length > MAX_POINTS) points.shift();
  }
}
