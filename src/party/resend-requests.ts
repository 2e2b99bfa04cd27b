import type { ClientMessage } from '../protocol/index.ts';
import { isSameKind } from './request-kind.ts';
import type { Request, Session } from './session.ts';
import type { StepContext } from './step-context.ts';

/** More than a user can wish for in the time that a server asks for. */
const KEEP = 50;

/** The server takes a request only later (ERR-5): it is sent again then, unless a newer one of its kind was made meanwhile. */
export function resendLater(step: StepContext, request: Request, retryAfterMs: number): void {
  const { requests, refused } = step.session.connection;
  const isNewer = ({ message }: Request) => isSameKind(message, request.message);
  if (Object.values(requests).some(isNewer) || refused.some(isNewer)) return;
  const dueAtMs = step.env.nowMs + retryAfterMs;
  step.update('connection', { refused: [...refused, { ...request, dueAtMs }].slice(-KEEP) });
  setTimer(step);
}

/** Sends the requests that are due again, if they still mean what they meant. */
export function resendDue(step: StepContext): void {
  const { refused } = step.session.connection;
  const isDue = ({ dueAtMs }: { dueAtMs: number }) => dueAtMs <= step.env.nowMs;
  step.update('connection', { refused: refused.filter((request) => !isDue(request)) });
  for (const request of refused.filter(isDue)) {
    if (stillApplies(step.session, request.message)) step.repeat(request);
  }
  setTimer(step);
}

function setTimer(step: StepContext): void {
  const dueAtMs = step.session.connection.refused.map((request) => request.dueAtMs);
  step.timer('refused', dueAtMs.length === 0 ? null : Math.max(0, Math.min(...dueAtMs) - step.env.nowMs));
}

function stillApplies({ playback }: Session, { type, payload }: ClientMessage): boolean {
  if (type === 'watch/set_content') return payload.contentId === playback.content?.contentId;
  return type !== 'watch/go_on' || playback.hold !== null;
}
