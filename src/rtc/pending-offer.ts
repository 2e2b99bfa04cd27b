/** More than any honest offer needs to connect. */
const MAX_SIGNALS = 40;
const MAX_CHARS = 64 * 1024;

/** Buffers one peer's last offer and the candidates after it, within bounds. */
export class PendingOffer<T extends { kind: 'offer' | 'answer' | 'ice' }> {
  #kept: T[] = [];
  #chars = 0;

  get isEmpty(): boolean {
    return this.#kept.length === 0;
  }

  /** An offer replaces all signals before it. */
  keep(signal: T): void {
    if (signal.kind === 'offer') this.take();
    else if (signal.kind === 'answer' || this.isEmpty) return;
    const chars = JSON.stringify(signal).length;
    if (this.#kept.length >= MAX_SIGNALS || this.#chars + chars > MAX_CHARS) return;
    this.#kept.push(signal);
    this.#chars += chars;
  }

  /** Returns and removes all signals. */
  take(): T[] {
    this.#chars = 0;
    return this.#kept.splice(0);
  }
}
