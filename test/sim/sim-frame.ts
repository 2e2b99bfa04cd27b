import type { ToPlayer } from '../../src/messaging/player-port.ts';
import { FilmDriver } from '../../src/player/film-driver.ts';
import { FrameClock } from '../../src/player/frame-clock.ts';
import type { PersonInput } from '../../src/player/person-input.ts';
import type { Port } from './port.ts';
import type { SimPlayer } from './sim-player.ts';
import type { Crystal, World } from './world.ts';

const TICK_MS = 100;
const STATUS_EVERY_MS = 1000;
const CLOCK_EVERY_MS = 5000;
const CLOCK_BURST = 5;
const CLOCK_BURST_EVERY_MS = 40;
const RECONNECT_MS = 50;

/** The player script of the tab, as src/player/frame-agent.ts wires it, around the real driver of the film. */
export class SimFrame {
  readonly player: SimPlayer;
  readonly input: PersonInput;
  /** Intents of this frame's player, offers included. */
  intents = 0;
  readonly #world: World;
  readonly #nowMs: () => number;
  readonly #clock = new FrameClock();
  readonly #connect: () => Port | null;
  readonly #name: string;
  readonly #driver: FilmDriver;
  #port: Port | null = null;
  #burstLeft = 0;
  #lastState = '';

  constructor(
    world: World,
    name: string,
    crystal: Crystal,
    parts: { player: SimPlayer; input: PersonInput; connect: () => Port | null },
  ) {
    this.#world = world;
    this.#name = name;
    this.player = parts.player;
    this.input = parts.input;
    this.#connect = parts.connect;
    this.#nowMs = crystal.monotonic(world.random.between(0, 1e8));
    this.#driver = new FilmDriver(this.input, {
      nowMs: this.#nowMs,
      serverNowMs: () => this.#clock.serverNowMs(this.#nowMs()),
      hidden: () => false,
      mayMakeSound: () => this.player.touched,
      send: (message) => {
        if (message.type === 'intent') {
          this.intents += 1;
          this.#world.note(this.#name, `intent ${JSON.stringify(message.intent)}`);
        }
        this.#port?.sendToBackground(message);
      },
      after: (delayMs, run) => world.after(delayMs, run),
      changing: () => undefined,
      named: () => this.#tellFilm(),
    });
    world.every(TICK_MS, () => {
      this.#driver.tick();
      this.#tellStatus(true);
    });
    world.every(STATUS_EVERY_MS, () => this.#tellStatus(false));
    world.every(CLOCK_EVERY_MS, () => this.#askClock());
    this.#open();
  }

  nowMs(): number {
    return this.#nowMs();
  }

  get status() {
    return this.#driver.status();
  }

  #open(): void {
    const port = this.#connect();
    if (!port) {
      this.#world.after(RECONNECT_MS, () => this.#open());
      return;
    }
    this.#port = port;
    port.toFrame = (message) => this.#receive(message);
    port.closed = () => {
      this.#port = null;
      this.#driver.linkLost();
      this.#world.after(RECONNECT_MS, () => this.#open());
    };
    this.#clock.reconnected();
    this.#burstLeft = CLOCK_BURST;
    this.#lastState = '';
    this.#tellFilm();
    this.#askClock();
  }

  #receive(message: ToPlayer): void {
    switch (message.type) {
      case 'drive':
        if (message.on) this.#driver.take(this.player);
        else this.#driver.letGo();
        return;
      case 'timeline':
        this.#clock.told(message.server, this.#nowMs());
        return this.#driver.follow(message);
      case 'resync':
        return this.#driver.resync();
      case 'offer':
        return this.#driver.offer();
      case 'clock':
        this.#clock.answered(message, this.#nowMs());
        this.#clock.told(message.server, this.#nowMs());
        if (--this.#burstLeft > 0) this.#world.after(CLOCK_BURST_EVERY_MS, () => this.#askClock());
        return this.#driver.tick();
      case 'touched':
      case 'dismiss':
        return;
    }
  }

  #tellFilm(): void {
    const { durationSec } = this.player.traits;
    this.#port?.sendToBackground({ type: 'film', score: 1, durationSec, unrecognised: false });
  }

  #askClock(): void {
    this.#port?.sendToBackground({ type: 'clock', t1Ms: this.#nowMs() });
  }

  #tellStatus(onlyNews: boolean): void {
    const status = this.status;
    if (!status || (onlyNews && status.state === this.#lastState)) return;
    this.#lastState = status.state;
    this.#port?.sendToBackground({ type: 'status', ...status, boundMs: this.#clock.boundMs });
  }
}
