import type { MemberReport } from '../protocol/index.ts';
import { adEndChanged } from '../sync/ends.ts';
import { serverClock, type Turn } from './turn.ts';

/** A steady member may cost half a message a second in all (docs/protocol.md, MS). */
const FIGURES_EVERY_MS = 15_000;
/** A player that flickers between two states is told about twice a second: a server takes only so much of a member. */
const BURST = 4;
const BURST_EVERY_MS = 2000;

/** The player script told how this person's player is doing. */
export function reported(turn: Turn, report: MemberReport): void {
  const { myReport, reportsSentAtMs, phase, settled, serverCaps } = turn.session;
  const rttMs = serverClock(turn.session, turn.env.nowMs)?.rttMs;
  turn.update({ myReport: { ...report, ...(rttMs !== undefined && { rttMs: Math.min(rttMs, 60_000) }) } });
  if (phase !== 'online' || !settled || !serverCaps.includes('member_state')) return;
  const adNews = adEndChanged(myReport.adEndsAtMs, report.adEndsAtMs);
  if (report.state === myReport.state && !adNews && reportsSentAtMs.length > 0) return;
  const [first = 0] = reportsSentAtMs;
  const waitMs = reportsSentAtMs.length < BURST ? 0 : first + BURST_EVERY_MS - turn.env.nowMs;
  if (waitMs > 0) turn.timer('report', waitMs);
  else sendReport(turn);
}

/** The server has refused something without saying what: it may have been this. */
export function reportAgain(turn: Turn, afterMs: number): void {
  if (turn.session.reportsSentAtMs.length > 0)
    turn.timer('report', Math.max(afterMs, BURST_EVERY_MS / BURST));
}

/** Tells the others, and sets the time of the next telling. */
export function sendReport(turn: Turn): void {
  const { serverCaps, roomId, myReport, reportsSentAtMs } = turn.session;
  if (!serverCaps.includes('member_state') || myReport.state === 'lost') return;
  turn.send('member/state', { roomId, ...myReport, state: myReport.state });
  turn.update({ reportsSentAtMs: [...reportsSentAtMs, turn.env.nowMs].slice(-BURST) });
  turn.timer('report', FIGURES_EVERY_MS);
}
