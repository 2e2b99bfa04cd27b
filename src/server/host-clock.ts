const WINDOW_MS = 60_000;
const STEP_MS = 100;

/** The smallest value noted within the last minute. */
class SlidingMin {
  /** Rising in value and in time, so the first entry is the smallest. */
  #entries: { value: number; atMs: number }[] = [];

  note(value: number, atMs: number): void {
    while (this.#entries.length > 0 && (this.#entries.at(-1)?.value ?? value) >= value) this.#entries.pop();
    this.#entries.push({ value, atMs });
  }

  least(nowMs: number): number | undefined {
    const fresh = this.#entries.findIndex(({ atMs }) => atMs >= nowMs - WINDOW_MS);
    if (fresh !== 0) this.#entries.splice(0, fresh === -1 ? this.#entries.length : fresh);
    return this.#entries[0]?.value;
  }

  clear(): void {
    this.#entries = [];
  }
}

/**
 * Puts a plain v1 sender's `hostTsMs`, read on a wall clock that may be off by anything, on the server's clock
 * (docs/protocol.md, CLK). The least of (received − sent) over a minute is the clocks' offset plus the quickest way
 * up; half the quickest round trip, which WebSocket control pings measure, is taken for that way.
 */
export class HostClock {
  readonly #offsets = new SlidingMin();
  readonly #roundTrips = new SlidingMin();

  noteRoundTrip(rttMs: number, nowMs: number): void {
    this.#roundTrips.note(rttMs, nowMs);
  }

  /** The server's time at which the sender read `hostTsMs`; never later than its receipt. */
  toServerMs(hostTsMs: number, receivedAtMs: number): number {
    const offsetMs = receivedAtMs - hostTsMs;
    const leastMs = this.#offsets.least(receivedAtMs);
    // The sender's wall clock was set, so its old offset is void.
    if (leastMs !== undefined && Math.abs(offsetMs - leastMs) > STEP_MS) this.#offsets.clear();
    this.#offsets.note(offsetMs, receivedAtMs);
    const deltaMs = this.#offsets.least(receivedAtMs) ?? offsetMs;
    const wayUpMs = (this.#roundTrips.least(receivedAtMs) ?? 0) / 2;
    return Math.max(0, hostTsMs + deltaMs - wayUpMs);
  }
}
