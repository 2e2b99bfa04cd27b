import type { Conn } from './conn.ts';
import { proves, takesKey, type Life } from './life.ts';
import { hashOf, type Attempt, type Setting } from './setting.ts';
import type { HostAct } from './world.ts';

/** What the rules say of a message. `open`: they leave it to the server. */
export type Verdict =
  { is: 'let in' | 'open' } | { is: 'refused'; codes: string[]; reason?: string; why?: string };
export const LET_IN: Verdict = { is: 'let in' };
const OPEN: Verdict = { is: 'open' };
const refused = (reason?: string, why = reason): Verdict => ({
  is: 'refused',
  codes: ['unauthorized'],
  ...(reason !== undefined && { reason }),
  ...(why !== undefined && { why }),
});

/** Of somebody who is not in the room. */
export const OUTSIDE: Verdict = { is: 'refused', codes: ['not_in_room', 'room_not_found'] };
export const AS_SOMEBODY_ELSE: Verdict = { is: 'refused', codes: ['bad_request'] };

/** What the rules say of a join from a connection that is not in the room. */
export function judgeJoin(setting: Setting, life: Life | null, attempt: Attempt, nowMs: number): Verdict {
  const key = attempt.isPlain ? undefined : attempt.key;
  if (setting.isCertified && key !== setting.key) return refused('key');
  if (!life) return LET_IN;
  if (life.key !== null && key !== life.key) return refused('key');
  const { userId, access } = attempt;
  if (!life.proven && proves(life, attempt)) {
    const guarded = access?.guards?.find((guard) => guard.userId === userId);
    const isOwn = guarded?.tokenHash === hashOf(attempt.resumeToken ?? '');
    return isOwn && !(access?.barred ?? []).includes(userId) ? LET_IN : OPEN;
  }
  const verdict = judgeIdentity(life, attempt, nowMs);
  // Who brings the key to a room that has none yet may be let past what was set up there without it.
  return verdict.is === 'refused' && takesKey(life, attempt) ? OPEN : verdict;
}

function judgeIdentity(life: Life, attempt: Attempt, nowMs: number): Verdict {
  const { userId, address } = attempt;
  const token = attempt.isPlain ? undefined : attempt.resumeToken;
  const guard = life.guards.get(userId);
  if (guard !== undefined && (token === undefined || hashOf(token) !== guard)) return refused('identity');
  if (life.barred.has(userId)) return refused('locked');
  if (life.doubtfulGuards.has(userId) || life.doubtfullyBarred.has(userId)) return OPEN;
  const seat = life.seats.get(userId);
  if (life.locked) {
    if (!seat) return guard === undefined ? refused('locked') : OPEN;
    if (guard !== undefined) return LET_IN;
    return seat.conn ? refused(undefined, 'a place that proves nothing') : OPEN;
  }
  if ((life.removedAddresses.get(address) ?? 0) <= nowMs) return LET_IN;
  return seat !== undefined || guard !== undefined
    ? OPEN
    : refused('locked', 'from where somebody was removed');
}

/** Only the host may, and in a room that was taken up without a proof nobody at first (PROOF). */
export function judgeAct(life: Life | null, conn: Conn, act: HostAct, nowMs: number): Verdict {
  if (!life || !conn.isInside) return OUTSIDE;
  const toSelf = act.type === 'room/remove' && act.userId === conn.userId;
  const codes = toSelf ? ['unauthorized', 'bad_request'] : ['unauthorized'];
  if (life.host !== conn.userId || mustWait(life, act, nowMs)) return { is: 'refused', codes };
  if (act.type !== 'room/set_control' && !life.proven && nowMs < life.doubtfulUntilMs) return OPEN;
  if (toSelf) return { is: 'refused', codes: ['bad_request'] };
  const target =
    act.type === 'room/remove'
      ? life.seats.has(act.userId)
      : act.type === 'room/hand_over'
        ? Boolean(life.seats.get(act.toUserId)?.conn)
        : true;
  return target ? LET_IN : { is: 'refused', codes: ['peer_not_found'] };
}

/** What cannot be undone waits for whoever made the room. */
export function mustWait(life: Life, { type }: HostAct, nowMs: number): boolean {
  return type !== 'room/set_control' && !life.proven && nowMs < life.provisionalUntilMs;
}
