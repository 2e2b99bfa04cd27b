import type { ClientMessage } from '../protocol/index.ts';
import { isOneKind } from './one-kind.ts';
import type { Request, Session } from './session.ts';
import type { Turn } from './turn.ts';

/** More than a person can wish for in the time that a server asks for. */
const KEEP = 50;

/** The server takes a request only later (ERR-5): it is sent again then, unless a newer one of its kind was made meanwhile. */
export function refusedForNow(turn: Turn, request: Request, retryAfterMs: number): void {
  const { requests, refused } = turn.session;
  const isNewer = ({ message }: Request) => isOneKind(message, request.message);
  if (Object.values(requests).some(isNewer) || refused.some(isNewer)) return;
  const dueAtMs = turn.env.nowMs + retryAfterMs;
  turn.update({ refused: [...refused, { ...request, dueAtMs }].slice(-KEEP) });
  setTimer(turn);
}

/** Sends again what is due, if it still means what it meant. */
export function sendRefused(turn: Turn): void {
  const { refused } = turn.session;
  const isDue = ({ dueAtMs }: { dueAtMs: number }) => dueAtMs <= turn.env.nowMs;
  turn.update({ refused: refused.filter((request) => !isDue(request)) });
  for (const request of refused.filter(isDue)) {
    if (isMeant(turn.session, request.message)) turn.repeat(request);
  }
  setTimer(turn);
}

function setTimer(turn: Turn): void {
  const dueAtMs = turn.session.refused.map((request) => request.dueAtMs);
  turn.timer('refused', dueAtMs.length === 0 ? null : Math.max(0, Math.min(...dueAtMs) - turn.env.nowMs));
}

function isMeant({ content, hold }: Session, { type, payload }: ClientMessage): boolean {
  if (type === 'watch/set_content') return payload.contentId === content?.contentId;
  return type !== 'watch/go_on' || hold !== null;
}
