import { LIMITS } from '../protocol/index.ts';
import { PendingOffer } from './pending-offer.ts';
import { readSignal } from './signal.ts';

/** A signal as the server relayed it. */
export interface RelayedSignal {
  fromUserId: string;
  kind: 'offer' | 'answer' | 'ice';
  data: unknown;
}

/** Buffers signals that cannot be handled yet: each peer's last offer with its candidates. */
export class PendingSignals<T extends RelayedSignal> {
  readonly #kept = new Map<string, PendingOffer<T>>();

  has(userId: string): boolean {
    return this.#kept.has(userId);
  }

  keep(signal: T): void {
    const { fromUserId: userId, kind, data } = signal;
    const known = this.#kept.get(userId);
    // A peer that requests an offer has a new page, so an answer to its old offer would reach nobody.
    if (kind === 'ice' && readSignal(kind, data)?.kind === 'offer_request') this.#kept.delete(userId);
    else if (known) known.keep(signal);
    else if (kind === 'offer' && this.#kept.size < LIMITS.callMembers) {
      const first = new PendingOffer<T>();
      first.keep(signal);
      this.#kept.set(userId, first);
    }
  }

  /** Drops the signals of all other peers. */
  keepOnly(isWanted: (userId: string) => boolean): void {
    for (const userId of this.#kept.keys()) if (!isWanted(userId)) this.#kept.delete(userId);
  }

  /** Returns and removes the signals of that peer, or of all peers. */
  take(userId?: string): T[] {
    const found = [...this.#kept].filter(([id]) => userId === undefined || id === userId);
    for (const [id] of found) this.#kept.delete(id);
    return found.flatMap(([, offer]) => offer.take());
  }
}
