/** Time for one connection before it is made again. */
export const CONNECT_TIMEOUT_MS = 6000;
/** A newcomer to a full call makes seven connections at once, and each slows down the others. */
const EXTRA_PER_PEER_MS = 1500;
/** Back-off ends here: connecting is work, and endless retries would keep busy computers too slow to connect. */
const MAX_DOUBLINGS = 3;
/** The answerer waits longer, so that the offerer retries first. */
const ANSWERER_FACTOR = 2;

/**
 * Time that a connection may take before it is made again, in ms.
 *
 * @param others Number of other connections in progress; an answerer cannot know it and counts all other members.
 * @param failedAttempts Number of consecutive attempts that timed out.
 */
export function connectTimeoutMs({
  answers,
  others,
  failedAttempts,
}: {
  answers: boolean;
  others: number;
  failedAttempts: number;
}): number {
  const onceMs = CONNECT_TIMEOUT_MS + others * EXTRA_PER_PEER_MS;
  return onceMs * (answers ? ANSWERER_FACTOR : 1) * 2 ** Math.min(failedAttempts, MAX_DOUBLINGS);
}
