import { TokenBucket, type Rate } from './token-bucket.ts';

/** Token buckets of several resources, each made on first use. */
export class Budget<Resource extends string> {
  readonly #rates: Readonly<Record<Resource, Rate>>;
  readonly #buckets = new Map<Resource, TokenBucket>();

  constructor(rates: Readonly<Record<Resource, Rate>>) {
    this.#rates = rates;
  }

  /** 0 if granted, else the ms to wait. */
  take(resource: Resource, nowMs: number, amount = 1): number {
    return this.#bucket(resource, nowMs).take(nowMs, amount);
  }

  /** Counts a refusal for another reason. */
  refuse(resource: Resource, nowMs: number): void {
    this.#bucket(resource, nowMs).refuse(1);
  }

  exhausted(resource: Resource): boolean {
    return this.#buckets.get(resource)?.exhausted ?? false;
  }

  /** Whether the budget is as good as new and can be dropped. */
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
