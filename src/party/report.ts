import type { MemberReport } from '../protocol/index.ts';
import { adEndChanged } from '../sync/index.ts';
import { serverClock } from './session-queries.ts';
import type { StepContext } from './step-context.ts';

/** A steady member may cost half a message a second in all (docs/protocol.md, MS). */
const FIGURES_EVERY_MS = 15_000;
/** A player that flickers between two states is reported about twice a second, since a server takes only so much. */
const BURST = 4;
const BURST_EVERY_MS = 2000;

/** The content script reported the state of this user's player. */
export function onPlayerReport(step: StepContext, report: MemberReport): void {
  const { report: before, connection } = step.session;
  const rttMs = serverClock(step.session, step.env.nowMs)?.rttMs;
  const current = { ...report, ...(rttMs !== undefined && { rttMs: Math.min(rttMs, 60_000) }) };
  step.update('report', { current });
  if (!step.isOnline || !connection.joinComplete || !step.serverHas('member_state')) return;
  const changed =
    report.state !== before.current.state || adEndChanged(before.current.adEndsAtMs, report.adEndsAtMs);
  if (!changed && before.sentAtMs.length > 0) return;
  const [first = 0] = before.sentAtMs;
  const waitMs = before.sentAtMs.length < BURST ? 0 : first + BURST_EVERY_MS - step.env.nowMs;
  if (waitMs > 0) step.timer('report', waitMs);
  else sendReport(step);
}

/** The server has refused a message without saying which: it may have been the report. */
export function retryReport(step: StepContext, afterMs: number): void {
  if (step.session.report.sentAtMs.length > 0)
    step.timer('report', Math.max(afterMs, BURST_EVERY_MS / BURST));
}

/** Sends the report, and sets the time of the next one. */
export function sendReport(step: StepContext): void {
  const { current, sentAtMs } = step.session.report;
  if (!step.serverHas('member_state') || current.state === 'lost') return;
  step.send('member/state', { roomId: step.roomId, ...current, state: current.state });
  step.update('report', { sentAtMs: [...sentAtMs, step.env.nowMs].slice(-BURST) });
  step.timer('report', FIGURES_EVERY_MS);
}
