import { estimateClock, sampleOf, withSample, type ClockSamples } from '../sync/index.ts';

/**
 * The server's clock as one frame knows it: its own exchange with the background, on top of the background's with the
 * server. Keeps the last figure while the background is dead, since this frame's clock runs on.
 */
export class FrameClock {
  #samples: ClockSamples = [];
  #background: { offsetMs: number; boundMs: number } | null = null;
  #server: { offsetMs: number; boundMs: number } | null = null;

  /** The background is another one: its clock began anew. */
  reconnected(): void {
    this.#samples = [];
  }

  answered(stamps: { t1Ms: number; t2Ms: number; t3Ms: number }, t4Ms: number): void {
    this.#samples = withSample(this.#samples, sampleOf({ ...stamps, t4Ms }));
    this.#background = estimateClock(this.#samples, t4Ms);
  }

  /** The background's word on the server: `null` is no news. */
  told(server: { offsetMs: number; boundMs: number } | null): void {
    if (!server || !this.#background || this.#samples.length === 0) return;
    this.#server = {
      offsetMs: this.#background.offsetMs + server.offsetMs,
      boundMs: this.#background.boundMs + server.boundMs,
    };
  }

  serverNowMs(nowMs: number): number | null {
    return this.#server && nowMs + this.#server.offsetMs;
  }

  get boundMs(): number | null {
    return this.#server?.boundMs ?? null;
  }
}
