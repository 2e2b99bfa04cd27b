import type { CallNews } from '../party/index.ts';
import { LIMITS } from '../protocol/index.ts';

type Relay = Extract<CallNews, { type: 'relay' }>;

/** An offer and the candidates to it; more is not needed to connect. */
const KEPT_OF_EACH = 40;

/** What the others of the call say while the page that holds it is being loaded anew: each one's last offer, and what belongs to it. */
export class EarlySignals {
  readonly #kept = new Map<string, Relay[]>();

  keep(relay: Relay): void {
    const { fromUserId, kind } = relay;
    const kept = this.#kept.get(fromUserId);
    if (kind === 'offer' && (kept || this.#kept.size < LIMITS.callMembers))
      this.#kept.set(fromUserId, [relay]);
    if (kind === 'ice' && kept && kept.length < KEPT_OF_EACH) kept.push(relay);
  }

  /** All of it, once. */
  take(): Relay[] {
    const all = [...this.#kept.values()].flat();
    this.#kept.clear();
    return all;
  }
}
