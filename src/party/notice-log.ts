import type { Notice, Peer } from '../protocol/index.ts';
import { serverNowMs, type Turn } from './turn.ts';

const KEEP = 200;

/** Adds what the server told has happened, each once, in the order of time. */
export function withNotices(log: readonly Notice[], told: readonly Notice[]): readonly Notice[] {
  const known = new Set(log.map(({ id }) => id));
  const fresh = new Map(told.filter(({ id }) => !known.has(id)).map((notice) => [notice.id, notice]));
  if (fresh.size === 0) return log;
  return [...log, ...fresh.values()].toSorted((a, b) => a.tsMs - b.tsMs).slice(-KEEP);
}

/** A server that tells no notices at least tells who comes and goes. */
export function noticed(turn: Turn, kind: 'joined' | 'left', about: Peer): void {
  if (!turn.session.serverCaps.includes('notices')) add(turn, { kind, about });
}

/** A server that tells no renames at least tells the new name. */
export function noticedRename(turn: Turn, about: Peer, before: string): void {
  if (!turn.session.serverCaps.includes('renames')) add(turn, { kind: 'renamed', about, before });
}

function add(turn: Turn, what: Pick<Notice, 'kind' | 'about' | 'before'>): void {
  const { env, session } = turn;
  const tsMs = Math.round(serverNowMs(session, env.nowMs) ?? env.wallMs);
  turn.update({ notices: withNotices(session.notices, [{ id: env.newId(), tsMs, ...what }]) });
}
