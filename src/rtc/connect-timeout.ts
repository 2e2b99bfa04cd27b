/** A connection that is not made by then is made anew. */
export const CONNECT_TIMEOUT_MS = 6000;
/** Who comes into a full call makes seven at once, each of which holds up the others. */
const EXTRA_PER_PEER_MS = 1500;
/** To make one is work, and where computers are too busy to be in time, beginning again and again would keep them so. */
const MAX_DOUBLINGS = 3;
/** Who answers leaves it to the other to begin anew, unless nothing comes. */
const ANSWERER_FACTOR = 2;

/**
 * How long a connection may take before it is made anew, in ms.
 *
 * @param others How many more are being made meanwhile; who answers cannot know, and counts all the others in the call.
 * @param late How many in a row were not made in time.
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
