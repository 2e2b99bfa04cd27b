import type { Interruption } from '../messaging/player-port.ts';
import { findDeep, findShown } from './find-deep.ts';
import type { InterruptionRule } from './site-rule.ts';

/** What the page shows instead of the film; `null` when it shows none of these. */
export function findInterruption(
  document: Document,
  rules: readonly InterruptionRule[],
  shadowOf: (element: Element) => ShadowRoot | null,
): Interruption | null {
  for (const { kind, shown, left } of rules) {
    const found = findShown(document, shown, shadowOf);
    if (!found) continue;
    const text = left === undefined ? found : findDeep(document, left, shadowOf)[0];
    return { kind, leftSec: readSec(text?.textContent ?? '') };
  }
  return null;
}

const LONGEST_SEC = 3600;

/** "0:15", "1:02:03", "Ad 26", "2 of 3 · 0:09": the last time or number in it, in seconds. */
export function readSec(text: string): number | null {
  const last = text.match(/\d+(?::\d{2}){0,2}/g)?.at(-1);
  if (last === undefined) return null;
  const sec = last.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return sec <= LONGEST_SEC ? sec : null;
}
