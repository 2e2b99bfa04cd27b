import type { PlayerAdapter, PlayerChange, PlayerReading } from '../../src/player/adapter.ts';
import { PlayerController } from '../../src/player/controller.ts';
import { PersonInput } from '../../src/player/person-input.ts';
import type { Intent } from '../../src/protocol/index.ts';
import type { Timeline } from '../../src/sync/index.ts';

/** A player that stands where it is put; what was done to it is kept until asked for. */
export class FakePlayer implements PlayerAdapter {
  can = { rate: true, seekToleranceSec: 0, seekEveryMs: 0 };
  reading: PlayerReading = {
    attached: true,
    positionSec: 100,
    durationSec: 7200,
    paused: false,
    rate: 1,
    seeking: false,
    ready: true,
    ended: false,
    interruption: null,
    settled: true,
  };
  refuses: 'nothing' | 'sound' | 'all' = 'nothing';
  done: string[] = [];

  read = () => this.reading;
  play = () => this.#start('play', this.refuses !== 'nothing');
  playMuted = () => this.#start('playMuted', this.refuses === 'all');
  unmute = () => void this.done.push('unmute');
  pause = () => {
    this.done.push('pause');
    this.set({ paused: true });
  };
  seek = (positionSec: number) => {
    this.done.push('seek');
    this.set({ positionSec });
  };
  setRate = (rate: number) => {
    this.done.push('rate');
    this.set({ rate });
  };
  onChange = () => undefined;
  release = () => undefined;

  set(reading: Partial<PlayerReading>): void {
    this.reading = { ...this.reading, ...reading };
  }

  #start(what: string, refused: boolean): Promise<void> {
    this.done.push(what);
    if (refused) return Promise.reject(Object.assign(new Error('no gesture'), { name: 'NotAllowedError' }));
    this.set({ paused: false });
    return Promise.resolve();
  }
}

export const room: Timeline = {
  contentId: 'film',
  playing: true,
  rate: 1,
  positionSec: 100,
  atServerMs: 0,
  seq: 3,
};

/** One controller on a player whose film has been standing at the room's position since 0. */
export class Screen {
  nowMs = 0;
  serverKnown = true;
  touched = false;
  readonly player = new FakePlayer();
  readonly input = new PersonInput();
  readonly intents: Intent[] = [];
  /** Held timelines it was ready for, by `seq`. */
  readonly prepared: number[] = [];
  wakesInMs: number | null = null;
  /** What would be told of it, right after each tick. */
  readonly states: string[] = [];
  readonly controller = new PlayerController(this.player, this.input, {
    nowMs: () => this.nowMs,
    serverNowMs: () => (this.serverKnown ? this.nowMs : null),
    hidden: () => false,
    mayMakeSound: () => this.touched,
    emit: (intent) => this.intents.push(intent),
    prepared: (seq) => this.prepared.push(seq),
    wakeIn: (delayMs) => (this.wakesInMs = delayMs),
  });

  constructor(timeline: Timeline | null = room) {
    this.controller.follow(timeline, 0);
  }

  /** Time passes, and the film runs on as far as it plays. */
  async pass(ms: number): Promise<this> {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs;) {
      this.nowMs += 100;
      const { paused, positionSec, rate, ready } = this.player.reading;
      if (!paused && ready) this.player.set({ positionSec: positionSec + rate / 10 });
      this.controller.tick();
      this.states.push(this.controller.status().state);
      // Lets a refused start be noticed.
      await Promise.resolve();
      await Promise.resolve();
    }
    return this;
  }

  /** Something changed the player; `byHand` when the person touched it just before. */
  change(change: PlayerChange, reading: Partial<PlayerReading>, byHand: boolean): this {
    if (byHand) this.input.touched(this.nowMs);
    this.player.set(reading);
    this.controller.changed(change);
    return this;
  }

  did(): string[] {
    return this.player.done.splice(0);
  }
}
