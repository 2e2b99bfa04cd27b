/** What an offer needs to connect is less. */
const MAX_SIGNALS = 40;
const MAX_CHARS = 64 * 1024;

/** What one peer said before it could be taken: its last offer and the candidates that came after it, within bounds. */
export class PendingOffer<T extends { kind: 'offer' | 'answer' | 'ice' }> {
  #kept: T[] = [];
  #chars = 0;

  get isEmpty(): boolean {
    return this.#kept.length === 0;
  }

  /** An offer takes the place of all before it. */
  keep(signal: T): void {
    if (signal.kind === 'offer') this.take();
    else if (signal.kind === 'answer' || this.isEmpty) return;
    const chars = JSON.stringify(signal).length;
    if (this.#kept.length >= MAX_SIGNALS || this.#chars + chars > MAX_CHARS) return;
    this.#kept.push(signal);
    this.#chars += chars;
  }

  /** All of it, once. */
  take(): T[] {
    this.#chars = 0;
    return this.#kept.splice(0);
  }
}
