import { RawSocket } from '../server/raw-socket.ts';
import type { Plan } from './attacks.ts';

const REOPEN_MS = 1000;
/** An answer that says when to come back is short. */
const KEPT_BYTES = 1000;
/** More than this unsent: the server does not read, and to write on would only fill this process. */
const MOST_UNSENT = 2 ** 20;

export interface Uplink {
  /** Whether so many bytes may leave now. */
  take: (bytes: number) => boolean;
}

/** One connection of an attack: sends what its plan says, at the rate that the server allows it. */
export class Stranger {
  sentFrames = 0;
  refused = 0;
  closes = 0;
  readonly #plan: Plan;
  readonly #index: number;
  readonly #where: { port: number; from: string; uplink: Uplink };
  #socket: RawSocket | null = null;
  #credit: number;
  #turn = 0;
  #waitsUntilMs = 0;
  #opening = false;

  constructor(plan: Plan, index: number, where: { port: number; from: string; uplink: Uplink }) {
    this.#plan = plan;
    this.#index = index;
    this.#where = where;
    this.#credit = plan.burst ?? 0;
  }

  /** To be called often; `elapsedMs` since the last time. */
  tick(nowMs: number, elapsedMs: number): void {
    const { perSec, burst } = this.#plan;
    this.#credit = Math.min(Math.max(burst ?? 0, 1 + perSec / 4), this.#credit + (elapsedMs * perSec) / 1000);
    if (this.#socket?.closed) {
      this.closes += 1;
      this.#reopenLater(nowMs);
    }
    if (!this.#socket) this.#open(nowMs);
    while (this.#credit >= 1 && nowMs >= this.#waitsUntilMs && this.#step(nowMs)) this.#credit -= 1;
  }

  drop(): void {
    this.#socket?.drop();
  }

  #step(nowMs: number): boolean {
    if (!this.#socket || this.#socket.unsent > MOST_UNSENT) return false;
    const step = this.#plan.step(this.#index, this.#turn);
    if (step === null) return false;
    if (step === 'reopen') {
      this.#socket.drop();
      this.#reopenLater(nowMs);
    } else {
      if (!this.#where.uplink.take(step.length)) return false;
      this.#socket.write(step);
      this.sentFrames += 1;
    }
    this.#turn += 1;
    return true;
  }

  #reopenLater(nowMs: number): void {
    this.#socket = null;
    this.#waitsUntilMs = nowMs + REOPEN_MS;
  }

  #open(nowMs: number): void {
    if (this.#opening || nowMs < this.#waitsUntilMs) return;
    this.#opening = true;
    const { port, from } = this.#where;
    const { origin, opening } = this.#plan;
    const onText = (text: Buffer) => this.#hear(text);
    void RawSocket.open({
      port,
      from,
      keepBytes: KEPT_BYTES,
      onText,
      ...(origin !== undefined && { origin }),
    })
      .then((socket) => {
        this.#socket = socket;
        for (const frame of opening?.(this.#index) ?? []) socket.write(frame);
      })
      .catch(() => {
        this.closes += 1;
        this.#waitsUntilMs = performance.now() + REOPEN_MS;
      })
      .finally(() => (this.#opening = false));
  }

  /** Whoever is told when to come back comes back then. */
  #hear(text: Buffer): void {
    const waitMs = /"retryAfterMs":(\d+)/.exec(text.toString('latin1'))?.[1];
    if (waitMs === undefined) return;
    this.refused += 1;
    this.#waitsUntilMs = performance.now() + Number(waitMs);
  }
}
