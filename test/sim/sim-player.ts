import type { PlayerAdapter, PlayerChange, PlayerReading } from '../../src/player/adapter.ts';
import type { World } from './world.ts';

const STEP_SEC = 0.04;
/** How long a site that gives its player another source takes to begin, to load it, and to know where it is. */
const ANEW_MS = { begins: [80, 200], loads: [10, 80], tells: [20, 350] } as const;

export interface PlayerTraits {
  durationSec: number;
  /** Its media clock against true time. */
  ppm: number;
  /** `steps`: its clock stands for 40 ms at a time while it plays, as Firefox's does. */
  clock: 'exact' | 'steps';
  seekLagMs: [number, number];
  startLagMs: [number, number];
  can: PlayerAdapter['can'];
  /** The site sets the speed back whenever the extension sets it. */
  writesRateBack: boolean;
  /** Each jump gives it another source, as some sites' do; what it is told meanwhile is lost. */
  jumpsAnew?: boolean;
  /** What the browser lets play that no person asked for. */
  autoplay: 'all' | 'muted' | 'none';
}

/** One that does all that it is asked to, its clock off by so much. */
export const plainPlayer = (ppm: number): PlayerTraits => ({
  durationSec: 3000,
  ppm,
  clock: 'exact',
  seekLagMs: [16, 100],
  startLagMs: [2, 80],
  can: { rate: true, seekToleranceSec: 0, seekEveryMs: 0 },
  writesRateBack: false,
  autoplay: 'all',
});

export interface LoadedFilm {
  durationSec: number;
  afterMs: number;
  adMs: number;
  keepsRate: boolean;
}

/** A player as the HTML standard has it: changes at once, tells it in a later task. */
export class SimPlayer implements PlayerAdapter {
  readonly can: PlayerAdapter['can'];
  readonly traits: PlayerTraits;
  /** What the extension did. */
  readonly writes = { seeks: 0, rates: 0, plays: 0, pauses: 0 };
  /** A person has touched the page. */
  touched = false;
  /** Told of each jump that the extension makes. */
  onSeek: (fromSec: number, toSec: number) => void = () => undefined;
  /** Told when its source is taken away, and when the metadata of a new one is there. */
  onSource: (event: 'emptied' | 'loadedmetadata') => void = () => undefined;
  readonly #world: World;
  #listener: ((change: PlayerChange) => void) | null = null;
  #anchor = { positionSec: 0, atMs: 0 };
  #movesFromMs = 0;
  #seekingUntilMs = 0;
  #stalledUntilMs = 0;
  #detachedUntilMs = 0;
  #unsettledUntilMs = 0;
  /** How far off its clock is until then, s. */
  #clockOffSec = 0;
  #jumps = 0;
  #lastTaskMs = 0;
  #paused = true;
  #ended = false;
  #rate = 1;
  #durationSec: number;
  #adUntilMs = 0;
  /** How often it was given a film. */
  #films = 0;

  constructor(world: World, traits: PlayerTraits) {
    this.#world = world;
    this.traits = traits;
    this.can = traits.can;
    this.#durationSec = traits.durationSec;
  }

  get durationSec(): number {
    return this.#durationSec;
  }

  read(): PlayerReading {
    this.#settle();
    const { nowMs } = this.#world;
    return {
      positionSec: this.#shownSec(),
      durationSec: nowMs >= this.#detachedUntilMs ? this.#durationSec : null,
      paused: this.#paused,
      rate: this.#rate,
      seeking: nowMs < this.#seekingUntilMs,
      ready: nowMs >= this.#stalledUntilMs && nowMs >= this.#seekingUntilMs,
      attached: nowMs >= this.#detachedUntilMs,
      ended: this.#ended,
      interruption:
        nowMs < this.#adUntilMs ? { kind: 'ad', leftSec: (this.#adUntilMs - nowMs) / 1000 } : null,
      settled: this.#settled,
    };
  }

  /** Where it really is, whatever its clock shows. */
  trueSec(): number {
    this.#settle();
    return this.#anchor.positionSec;
  }

  get #settled(): boolean {
    return this.#world.nowMs >= this.#unsettledUntilMs;
  }

  #shownSec(): number {
    const positionSec = this.#anchor.positionSec - (this.#settled ? 0 : this.#clockOffSec);
    const lateSec = this.#paused || this.traits.clock === 'exact' ? 0 : positionSec % STEP_SEC;
    return positionSec - lateSec;
  }

  play(): Promise<void> {
    this.writes.plays += 1;
    if (this.traits.autoplay !== 'all' && !this.touched) return refusal();
    this.start();
    return Promise.resolve();
  }

  playMuted(): Promise<void> {
    if (this.traits.autoplay === 'none' && !this.touched) return refusal();
    this.start();
    return Promise.resolve();
  }

  unmute(): void {
    // Sound is not simulated.
  }

  pause(): void {
    this.writes.pauses += 1;
    this.stop();
  }

  seek(toSec: number): void {
    this.writes.seeks += 1;
    this.onSeek(this.trueSec(), toSec);
    this.jump(toSec);
  }

  setRate(rate: number): void {
    this.writes.rates += 1;
    this.changeRate(rate);
    if (!this.traits.writesRateBack || rate === 1) return;
    this.#world.after(this.#world.random.between(2, 60), () => this.changeRate(1));
  }

  onChange(listener: (change: PlayerChange) => void, signal: AbortSignal): void {
    this.#listener = listener;
    signal.addEventListener('abort', () => (this.#listener = null));
  }

  release(): void {
    this.#rate = 1;
  }

  // What follows is done by whomever: the extension, the site, a person.

  start(): void {
    if (!this.#paused) return;
    this.#settle();
    if (this.#ended) this.place(0);
    this.#paused = false;
    this.#holdUntil(this.#world.nowMs + this.#world.random.between(...this.traits.startLagMs));
    this.#tell('playing');
  }

  stop(): void {
    if (this.#paused) return;
    this.#settle();
    this.#paused = true;
    this.#tell('playing');
  }

  jump(toSec: number): void {
    if (this.traits.jumpsAnew) {
      this.#jumpAnew(toSec);
      return;
    }
    this.place(toSec);
  }

  /** Puts it there in its own source, as a site does that loads or begins a film. */
  place(toSec: number): void {
    this.#jumps += 1;
    this.#settle();
    const { nowMs, random } = this.#world;
    this.#ended = false;
    this.#anchor.positionSec = Math.max(0, Math.min(this.#durationSec, toSec));
    const landsMs = Math.max(nowMs + random.between(...this.traits.seekLagMs), this.#stalledUntilMs);
    this.#seekingUntilMs = landsMs;
    this.#holdUntil(landsMs);
    this.#tell('position');
    this.#world.after(landsMs - nowMs, () => this.#tell('other'));
  }

  #jumpAnew(toSec: number): void {
    const { random } = this.#world;
    const jump = ++this.#jumps;
    const played = !this.#paused;
    this.#world.after(random.between(...ANEW_MS.begins), () => {
      if (jump !== this.#jumps) return;
      this.#settle();
      const playsOn = played && !this.#paused;
      const landedSec = Math.max(0, Math.min(this.#durationSec, toSec));
      this.#clockOffSec = landedSec - this.#anchor.positionSec;
      this.#anchor.positionSec = landedSec;
      this.#ended = false;
      // No event tells of this pause (HTML, "media element load algorithm").
      this.#paused = true;
      const loadsMs = random.between(...ANEW_MS.loads);
      this.#detachedUntilMs = this.#world.nowMs + loadsMs;
      this.#unsettledUntilMs = this.#detachedUntilMs + random.between(...ANEW_MS.tells);
      this.onSource('emptied');
      this.#tell('other');
      this.#world.after(loadsMs, () => {
        if (jump !== this.#jumps) return;
        this.onSource('loadedmetadata');
        this.#tell('other');
        if (playsOn) this.start();
      });
    });
  }

  changeRate(rate: number): void {
    if (rate === this.#rate) return;
    this.#settle();
    this.#rate = rate;
    this.#tell('rate');
  }

  stallFor(ms: number): void {
    this.#settle();
    this.#stalledUntilMs = this.#world.nowMs + ms;
    this.#holdUntil(this.#stalledUntilMs);
    this.#tell('other');
    this.#world.after(ms, () => this.#tell('other'));
  }

  /** The site shows an ad that its rule knows: what is read meanwhile says nothing of the content, which stands. */
  showAd(ms: number): void {
    this.#settle();
    const endMs = this.#world.nowMs + ms;
    this.#adUntilMs = endMs;
    this.#holdUntil(endMs);
    this.#tell('other');
    this.#world.after(ms, () => this.#tell('other'));
  }

  /** The site rebuilds its page: the player is taken out, which pauses it, and loads anew. */
  rebuildFor(ms: number): void {
    this.stop();
    this.#detachedUntilMs = this.#world.nowMs + ms;
    this.stallFor(ms);
    this.place(0);
  }

  /**
   * The site gives it another film, which is there after so long and then plays from its beginning, after an ad if there is one.
   * HTML sets the speed back ("media element load algorithm"); `keepsRate` is a site that sets it again.
   */
  load({ durationSec, afterMs, adMs, keepsRate }: LoadedFilm, loaded: () => void): void {
    const film = ++this.#films;
    const rate = this.#rate;
    this.stop();
    this.#detachedUntilMs = this.#world.nowMs + afterMs;
    this.place(0);
    this.changeRate(1);
    this.#world.after(afterMs, () => {
      if (film !== this.#films) return;
      this.#detachedUntilMs = this.#world.nowMs;
      this.#durationSec = durationSec;
      if (keepsRate) this.changeRate(rate);
      this.#adUntilMs = this.#world.nowMs + adMs;
      this.#holdUntil(this.#adUntilMs);
      this.start();
      loaded();
    });
  }

  #holdUntil(ms: number): void {
    this.#movesFromMs = Math.max(this.#movesFromMs, ms);
  }

  /** Brings the position up to now. */
  #settle(): void {
    const { nowMs } = this.#world;
    const { positionSec, atMs } = this.#anchor;
    const runMs = this.#paused ? 0 : Math.max(0, nowMs - Math.max(atMs, this.#movesFromMs));
    this.#anchor = {
      positionSec: positionSec + (this.#rate * runMs * (1 + this.traits.ppm / 1e6)) / 1000,
      atMs: nowMs,
    };
    if (this.#paused || this.#anchor.positionSec < this.#durationSec) return;
    this.#anchor.positionSec = this.#durationSec;
    this.#ended = true;
    this.#paused = true;
    this.#tell('playing');
  }

  #tell(change: PlayerChange): void {
    const { nowMs, random } = this.#world;
    this.#lastTaskMs = Math.max(this.#lastTaskMs, nowMs + random.between(0.2, 8));
    this.#world.after(this.#lastTaskMs - nowMs, () => this.#listener?.(change));
  }
}

function refusal(): Promise<never> {
  return Promise.reject(Object.assign(new Error('no gesture'), { name: 'NotAllowedError' }));
}
