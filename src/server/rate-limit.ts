import type { Now } from './ports.ts';
import { TokenBucket } from './token-bucket.ts';

/** Addresses remembered at once; beyond that those are forgotten that have been quiet. */
const MAX_ADDRESSES = 10_000;

/** Limits each address on its own; returns 0 or after how many ms to come back. */
export function rateLimit(burst: number, perSec: number, nowMs: Now): (address: string) => number {
  const buckets = new Map<string, TokenBucket>();
  return (address) => {
    const now = nowMs();
    if (buckets.size >= MAX_ADDRESSES) {
      for (const [known, bucket] of buckets) if (bucket.isFull(now)) buckets.delete(known);
      if (buckets.size >= MAX_ADDRESSES) buckets.clear();
    }
    const bucket = buckets.get(address) ?? new TokenBucket(burst, perSec, now);
    buckets.set(address, bucket);
    return bucket.take(now);
  };
}
