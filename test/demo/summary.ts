import { FOLLOW_WITHIN_MS } from './acts.ts';
import { quantile, type Measure } from './measure.ts';

/** Two players this close sound like one. */
const APART_P95_MS = 40;

/** What a whole run has shown, as lines to read. */
export function summaryLines(measure: Measure, intents: number): string[] {
  const apart = measure.steadyApartMs.map(Math.abs);
  const after = measure.followed.flatMap(({ afterMs }) => afterMs ?? []);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    apart.length === 0
      ? 'Apart while steady   not measured'
      : `Apart while steady   median ${ms(quantile(apart, 0.5))}, p95 ${ms(quantile(apart, 0.95))}, largest ${ms(Math.max(...apart))} (${apart.length} samples)`,
    `While steady         ${measure.steadySeeks} seeks, rate within ±${(measure.steadyRateOff * 100).toFixed(2)} %`,
    after.length === 0
      ? 'Acts followed        none'
      : `Acts followed        ${after.length} of ${measure.followed.length}, after ${Math.min(...after).toFixed(0)} to ${Math.max(...after).toFixed(0)} ms`,
    `Intents on the wire  ${intents} for ${measure.followed.length} acts`,
  ];
}

/** Why the two were not in sync, as one sentence; `null` when they were. */
export function notInSync(measure: Measure): string | null {
  const lost = measure.followed.find(({ afterMs }) => afterMs === null);
  if (lost)
    return `Not in sync: ${lost.by} ${lost.words}, and ${lost.follower} did not follow within ${FOLLOW_WITHIN_MS} ms.`;
  if (measure.steadyApartMs.length === 0)
    return 'Not measured: the party never played undisturbed, so run it longer.';
  const p95 = quantile(measure.steadyApartMs.map(Math.abs), 0.95);
  if (p95 > APART_P95_MS) {
    return `Not in sync: while steady the two were up to ${p95.toFixed(0)} ms apart (p95), and ${APART_P95_MS} ms is allowed.`;
  }
  return null;
}
