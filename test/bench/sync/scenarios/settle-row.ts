import { quantile } from '../../statistics.ts';
import type { SettleRow } from '../outcome.ts';

/** Who never arrived counts as later than all who did, so that no figure gets better by failing. */
export function settleRow(variant: string, withinMs: number, tookMs: readonly (number | null)[]): SettleRow {
  const sorted = tookMs.map((ms) => ms ?? Infinity).sort((a, b) => a - b);
  return {
    variant,
    player: 'streamsync',
    withinMs,
    trials: sorted.length,
    p50Ms: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    maxMs: quantile(sorted, 1),
    never: sorted.filter((ms) => ms === Infinity).length,
  };
}
