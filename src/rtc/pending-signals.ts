import { LIMITS } from '../protocol/index.ts';
import { PendingOffer } from './pending-offer.ts';
import { readSignal } from './signal.ts';

/** A signal as the server brought it. */
export interface RelayedSignal {
  fromUserId: string;
  kind: 'offer' | 'answer' | 'ice';
  data: unknown;
}

/** What the others say before it can be answered: each one's last offer, and the candidates that belong to it. */
export class PendingSignals<T extends RelayedSignal> {
  readonly #kept = new Map<string, PendingOffer<T>>();

  has(userId: string): boolean {
    return this.#kept.has(userId);
  }

  keep(signal: T): void {
    const { fromUserId: userId, kind, data } = signal;
    const known = this.#kept.get(userId);
    // Whoever asks to be called has no page any more that an answer to its offer could reach.
    if (kind === 'ice' && readSignal(kind, data)?.kind === 'offer_request') this.#kept.delete(userId);
    else if (known) known.keep(signal);
    else if (kind === 'offer' && this.#kept.size < LIMITS.callMembers) {
      const first = new PendingOffer<T>();
      first.keep(signal);
      this.#kept.set(userId, first);
    }
  }

  /** Forgets what came from anybody else. */
  keepOnly(isWanted: (userId: string) => boolean): void {
    for (const userId of this.#kept.keys()) if (!isWanted(userId)) this.#kept.delete(userId);
  }

  /** What that peer said, or everybody; once. */
  take(userId?: string): T[] {
    const found = [...this.#kept].filter(([id]) => userId === undefined || id === userId);
    for (const [id] of found) this.#kept.delete(id);
    return found.flatMap(([, offer]) => offer.take());
  }
}
