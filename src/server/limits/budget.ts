import { TokenBucket, type Rate } from './token-bucket.ts';

/** What somebody may use up of several resources. A bucket is made when its resource is first asked for. */
export class Budget<Resource extends string> {
  readonly #rates: Readonly<Record<Resource, Rate>>;
  readonly #buckets = new Map<Resource, TokenBucket>();

  constructor(rates: Readonly<Record<Resource, Rate>>) {
    this.#rates = rates;
  }

  /** 0 when granted, else after how many ms it would be. */
  take(resource: Resource, nowMs: number, amount = 1): number {
    return this.#bucket(resource, nowMs).take(nowMs, amount);
  }

  /** Counts what was refused for another reason. */
  refuse(resource: Resource, nowMs: number): void {
    this.#bucket(resource, nowMs).refuse(1);
  }

  exhausted(resource: Resource): boolean {
    return this.#buckets.get(resource)?.exhausted ?? false;
  }

  /** Whether it is as good as new, so that it can be forgotten. */
  isFull(nowMs: number): boolean {
    for (const bucket of this.#buckets.values()) if (!bucket.isFull(nowMs)) return false;
    return true;
  }

  #bucket(resource: Resource, nowMs: number): TokenBucket {
    let bucket = this.#buckets.get(resource);
    if (!bucket) {
      bucket = new TokenBucket(this.#rates[resource], nowMs);
      this.#buckets.set(resource, bucket);
    }
    return bucket;
  }
}
