import { VirtualTime } from '../support/virtual-time.ts';
import { Random } from './random.ts';

const LOG_LINES = 120;

/** What everything in one simulated party shares: true time, chance, and the log of what happened. */
export class World {
  readonly seed: number;
  readonly random: Random;
  readonly time = new VirtualTime();
  /** What a server has told somebody to send later. */
  readonly limitsMet: string[] = [];
  readonly #beganMs = this.time.nowMs;
  #log: string[] = [];

  constructor(seed: number) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** True time since the party began, ms. */
  get nowMs(): number {
    return this.time.nowMs - this.#beganMs;
  }

  after(delayMs: number, run: () => void): () => void {
    return this.time.setTimer(run, delayMs);
  }

  /** Calls every `periodMs`, first at a random phase; returns how to end it. */
  every(periodMs: number, run: () => void): () => void {
    let cancel = this.after(this.random.between(0, periodMs), function fire() {
      cancel = again(fire);
      run();
    });
    const again = (fire: () => void) => this.after(periodMs, fire);
    return () => cancel();
  }

  /** A promise of a host, whose reactions run before any more time passes: virtual time does not know of promises. */
  promise<T>(value: T): Promise<T> {
    this.#promised = true;
    return Promise.resolve(value);
  }

  /** Lets the reactions of promises run that were made meanwhile. */
  promised(): void {
    this.#promised = true;
  }
  #promised = true;

  /** Lets time pass until `untilMs`. */
  async pass(untilMs: number): Promise<void> {
    const endMs = this.#beganMs + untilMs;
    do {
      if (this.#promised) await this.#settle();
    } while (this.time.runNext(endMs));
    this.time.nowMs = Math.max(this.time.nowMs, endMs);
  }

  async #settle(): Promise<void> {
    while (this.#promised) {
      this.#promised = false;
      // A task of Node's: all reactions of promises run before it, those of their reactions as well.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  note(who: string, what: string): void {
    this.#log.push(`${(this.nowMs / 1000).toFixed(3).padStart(8)} ${who.padEnd(6)} ${what}`);
    if (this.#log.length > 2 * LOG_LINES) this.#log = this.#log.slice(-LOG_LINES);
  }

  /** Seed and the last lines of the log, for a failure's message. */
  story(): string {
    return `seed ${this.seed}\n${this.#log.slice(-LOG_LINES).join('\n')}`;
  }
}

/** A machine's crystal: a little fast or slow, and its monotonic clocks stand still while the machine sleeps. */
export class Crystal {
  readonly #world: World;
  readonly #ppm: number;
  #lostMs = 0;
  #asleepSinceMs: number | null = null;

  constructor(world: World, ppm: number) {
    this.#world = world;
    this.#ppm = ppm;
  }

  /** A monotonic clock, off by anything. */
  monotonic(offsetMs: number): () => number {
    return () => offsetMs + (this.#world.nowMs - this.#lost()) * (1 + this.#ppm / 1e6);
  }

  /** The clock on the wall, which is battery-backed. */
  wall(offsetMs: number): () => number {
    return () => offsetMs + this.#world.nowMs * (1 + this.#ppm / 1e6);
  }

  sleepFor(ms: number): void {
    if (this.#asleepSinceMs !== null) return;
    this.#asleepSinceMs = this.#world.nowMs;
    this.#world.after(ms, () => {
      this.#lostMs = this.#lost();
      this.#asleepSinceMs = null;
    });
  }

  #lost(): number {
    return this.#lostMs + (this.#asleepSinceMs === null ? 0 : this.#world.nowMs - this.#asleepSinceMs);
  }
}
