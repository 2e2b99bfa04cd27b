/** Sites tell what is left of an ad in whole seconds. */
const SAME_END_MS = 2000;

/** Whether it is news when an ad ends; both as one clock counts, ms, or unknown. */
export function isAnotherEnd(beforeMs: number | undefined, nowMs: number | undefined): boolean {
  if (beforeMs === undefined || nowMs === undefined) return nowMs !== undefined;
  return Math.abs(nowMs - beforeMs) > SAME_END_MS;
}
