import type { MemberReport } from '../protocol/index.ts';
import { isAnotherEnd } from '../sync/ad-end.ts';
import { serverClock, type Turn } from './turn.ts';

/** A steady member may cost half a message a second in all (docs/protocol.md, MS). */
const FIGURES_EVERY_MS = 15_000;

/** The player script told how this person's player is doing. */
export function reported(turn: Turn, report: MemberReport): void {
  const { myReport, reportSentAtMs, phase, settled, serverCaps } = turn.session;
  const rttMs = serverClock(turn.session, turn.env.nowMs)?.rttMs;
  turn.update({ myReport: { ...report, ...(rttMs !== undefined && { rttMs: Math.min(rttMs, 60_000) }) } });
  if (phase !== 'online' || !settled || !serverCaps.includes('member_state')) return;
  const adNews = isAnotherEnd(myReport.adEndsAtMs, report.adEndsAtMs);
  if (report.state !== myReport.state || adNews || reportSentAtMs === null) sendReport(turn);
}

/** Tells the others, and sets the time of the next telling. */
export function sendReport(turn: Turn): void {
  const { serverCaps, roomId, myReport } = turn.session;
  if (!serverCaps.includes('member_state') || myReport.state === 'lost') return;
  turn.send('member/state', { roomId, ...myReport, state: myReport.state });
  turn.update({ reportSentAtMs: turn.env.nowMs });
  turn.timer('report', FIGURES_EVERY_MS);
}
