import { estimateClock, NO_CLOCK, withExchange, type Clock } from '../../sync/index.ts';

/**
 * The server's clock as one frame knows it: its own exchange with the background, on top of the background's with the
 * server. Keeps the last figure while the background is dead, since this frame's clock runs on.
 */
export class FrameClock {
  #background: Clock = NO_CLOCK;
  #server: { offsetMs: number; boundMs: number } | null = null;

  /** The background is another one: its clock began anew. */
  reconnected(): void {
    this.#background = NO_CLOCK;
  }

  answered(stamps: { t1Ms: number; t2Ms: number; t3Ms: number }, t4Ms: number): void {
    this.#background = withExchange(this.#background, { ...stamps, t4Ms });
  }

  /** The background's word on the server: `null` is no news. */
  told(server: { offsetMs: number; boundMs: number } | null, nowMs: number): void {
    const background = estimateClock(this.#background, nowMs);
    if (!server || !background) return;
    this.#server = {
      offsetMs: background.offsetMs + server.offsetMs,
      boundMs: background.boundMs + server.boundMs,
    };
  }

  serverNowMs(nowMs: number): number | null {
    return this.#server && nowMs + this.#server.offsetMs;
  }

  get boundMs(): number | null {
    return this.#server?.boundMs ?? null;
  }
}
