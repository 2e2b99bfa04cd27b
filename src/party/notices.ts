import type { Notice, Peer } from '../protocol/index.ts';
import type { StepContext } from './step-context.ts';

const KEEP = 200;

/** Adds the notices that the server sent, each once, in the order of time. */
export function addNotices(log: readonly Notice[], sent: readonly Notice[]): readonly Notice[] {
  const known = new Set(log.map(({ id }) => id));
  const fresh = new Map(sent.filter(({ id }) => !known.has(id)).map((notice) => [notice.id, notice]));
  if (fresh.size === 0) return log;
  return [...log, ...fresh.values()].toSorted((a, b) => a.tsMs - b.tsMs).slice(-KEEP);
}

/** A server without cap `notices` at least tells who comes and goes. */
export function notePresence(step: StepContext, kind: 'joined' | 'left', about: Peer): void {
  if (!step.serverHas('notices')) add(step, { kind, about });
}

/** A server without cap `renames` at least tells the new name. */
export function noteRename(step: StepContext, about: Peer, before: string): void {
  if (!step.serverHas('renames')) add(step, { kind: 'renamed', about, before });
}

function add(step: StepContext, what: Pick<Notice, 'kind' | 'about' | 'before'>): void {
  const { env, session } = step;
  const tsMs = Math.round(step.serverNowMs ?? env.wallMs);
  step.update('chat', { notices: addNotices(session.chat.notices, [{ id: env.newId(), tsMs, ...what }]) });
}
