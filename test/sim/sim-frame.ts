import type { ToPlayer } from '../../src/messaging/player-port.ts';
import { FilmArrival } from '../../src/player/film-arrival.ts';
import { FilmDriver } from '../../src/player/film-driver.ts';
import { FrameClock } from '../../src/player/frame-clock.ts';
import type { PersonInput } from '../../src/player/person-input.ts';
import type { Port } from './port.ts';
import type { SimPlayer } from './sim-player.ts';
import type { SimSite } from './sim-site.ts';
import type { Crystal, World } from './world.ts';

const TICK_MS = 100;
const STATUS_EVERY_MS = 1000;
const CLOCK_EVERY_MS = 5000;
const CLOCK_BURST = 5;
const CLOCK_BURST_EVERY_MS = 40;
const RECONNECT_MS = 50;
const LOOK_EVERY_MS = 500;

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
  /** `null` for a page that shows one film, and is known to the background. */
  readonly #site: SimSite | null;
  readonly #arrival = new FilmArrival();
  readonly #ends: (() => void)[] = [];
  #href = '';
  #toldPage = '';
  #driving = false;
  #gone = false;

  constructor(
    world: World,
    name: string,
    crystal: Crystal,
    parts: { player: SimPlayer; input: PersonInput; connect: () => Port | null; site?: SimSite | null },
  ) {
    this.#world = world;
    this.#name = name;
    this.player = parts.player;
    this.input = parts.input;
    this.#connect = parts.connect;
    this.#site = parts.site ?? null;
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
      changing: () => this.#noteAddress(),
      named: () => {
        this.#tellPage();
        this.#tellFilm();
      },
    });
    const every = (periodMs: number, run: () => void) => this.#ends.push(world.every(periodMs, run));
    every(TICK_MS, () => {
      this.#noteAddress();
      this.#driver.tick();
      this.#tellStatus(true);
    });
    every(STATUS_EVERY_MS, () => this.#tellStatus(false));
    every(CLOCK_EVERY_MS, () => this.#askClock());
    if (this.#site) {
      this.#watch(this.#site);
      every(LOOK_EVERY_MS, () => this.#lookAtPage());
    }
    this.#open();
  }

  /** Its page is gone. */
  quit(): void {
    this.#gone = true;
    for (const end of this.#ends) end();
    this.#driver.letGo();
    this.#port?.close();
    this.#port = null;
  }

  nowMs(): number {
    return this.#nowMs();
  }

  get status() {
    return this.#driver.status();
  }

  #open(): void {
    if (this.#gone) return;
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
    if (this.#site) this.#tellPage();
    this.#tellFilm();
    this.#askClock();
  }

  #receive(message: ToPlayer): void {
    switch (message.type) {
      case 'drive':
        this.#driving = message.on;
        if (!message.on) this.#driver.forgetOffer();
        return this.#take();
      case 'timeline':
        this.#clock.told(message.server, this.#nowMs());
        return this.#driver.follow(message);
      case 'resync':
        return this.#driver.resync();
      case 'offer':
        return this.#driver.offer(message);
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

  #take(): void {
    if (this.#driving && this.#hasFilm) this.#driver.take(this.player);
    else this.#driver.letGo();
  }

  get #hasFilm(): boolean {
    return this.#site?.hasFilm ?? true;
  }

  #watch(site: SimSite): void {
    const awaitName = () => {
      if (this.#driver.drives) this.#driver.awaitName(site.traits.byAddress);
    };
    this.#href = site.href;
    if (site.hasFilm) this.#arrival.loaded(this.#nowMs());
    const loaded = () => {
      if (this.#driver.drives) this.#arrival.loaded(this.#nowMs());
      awaitName();
    };
    this.player.onSource = (is) => (is === 'loaded' ? loaded() : awaitName());
    site.listener = {
      emptied: awaitName,
      loaded,
      film: () => {
        this.#take();
        if (site.hasFilm) {
          this.#arrival.loaded(this.#nowMs());
          this.#driver.awaitName(true);
          this.#tellPage();
        }
        this.#tellFilm();
      },
    };
  }

  #noteAddress(): void {
    if (!this.#site || this.#href === this.#site.href) return;
    this.#href = this.#site.href;
    this.#driver.pageWent();
    this.#tellPage();
  }

  #tellPage(): void {
    this.#toldPage = '';
    this.#lookAtPage();
  }

  #lookAtPage(): void {
    const shown = this.#site?.content ?? null;
    const lingers = this.#arrival.lingers(shown?.contentId ?? null, this.#nowMs());
    const { attached, interruption, durationSec } = this.player.read();
    const known = attached && !interruption && durationSec !== null;
    const content =
      shown && !(this.#hasFilm && lingers)
        ? { contentId: shown.contentId, url: shown.url, title: shown.title, ...(known && { durationSec }) }
        : null;
    const news = JSON.stringify(content);
    if (news === this.#toldPage) return;
    this.#toldPage = news;
    this.#port?.sendToBackground({ type: 'page', kind: 'film', content });
  }

  #tellFilm(): void {
    const { durationSec } = this.player;
    const score = this.#hasFilm ? 1 : 0;
    this.#port?.sendToBackground({ type: 'film', score, durationSec, unrecognised: false });
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
