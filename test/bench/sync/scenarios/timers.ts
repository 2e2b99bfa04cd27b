import { quantile } from '../../statistics.ts';
import type { AnyMember } from '../party.ts';

/** How late the links were, against what they meant to do. */
export function describeTimers(members: readonly AnyMember[]): Record<string, number> {
  const late = members
    .flatMap(({ link }) => link.passages.map(({ realMs, intendedMs }) => realMs - intendedMs))
    .sort((a, b) => a - b);
  return {
    chunks: late.length,
    linkLateP50Ms: quantile(late, 0.5),
    linkLateP95Ms: quantile(late, 0.95),
  };
}
