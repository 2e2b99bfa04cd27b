import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again until the answer is `null`, which means "as wanted"; any other answer says what is wrong. Rejects with the
 * last answer when that takes longer than `timeoutMs`.
 */
export async function until(
  wrong: () => Promise<string | null>,
  { timeoutMs, everyMs = 25 }: { timeoutMs: number; everyMs?: number },
): Promise<void> {
  const endsAtMs = performance.now() + timeoutMs;
  for (;;) {
    const answer = await wrong();
    if (answer === null) return;
    if (performance.now() >= endsAtMs) throw new Error(`not within ${timeoutMs} ms: ${answer}`);
    await delay(everyMs);
  }
}
