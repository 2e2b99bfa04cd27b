import {
  NO_BACKOFF,
  servo,
  SERVO_START,
  type ServoInput,
  type ServoState,
  type ServoStep,
} from '../sync/index.ts';
import type { OwnEffects } from './act-judge.ts';
import type { PlayerAdapter, PlayerReading } from './adapter.ts';
import type { PersonInput } from './person-input.ts';
import type { Playback } from './playback.ts';
import { SeekLimit } from './seek-limit.ts';

const ARRIVED_SEC = 0.25;
/** What a person has just done may not be seen yet; a jump or stop of ours in between would undo it. */
const HAND_MS = 500;
/** A site gives its element the new source of a jump so soon. */
const SOURCE_WITHIN_MS = 1500;

/** What a player can do whose site writes the rate back: it cannot be nudged, only sought, and not for less than 50 ms. */
export function soughtOnly(can: PlayerAdapter['can']): PlayerAdapter['can'] {
  return { ...can, rate: false, seekToleranceSec: Math.max(0.05, can.seekToleranceSec) };
}

/** Brings one player to where it should be as the servo says, and keeps in mind what of the player's doings is ours. */
export class Correction {
  readonly #adapter: PlayerAdapter;
  readonly #input: PersonInput;
  readonly #playback: Playback;
  readonly #wakeIn: (delayMs: number) => void;
  readonly #seekLimit = new SeekLimit();
  #servo: ServoState = SERVO_START;
  #own: OwnEffects = { rate: null, seek: null, stands: false };
  /** Our last jump has arrived, or the site has made another since. */
  #jumpIsOver = false;
  #driftSec: number | null = null;

  /** @param wakeIn Wants the next correction after so long, sooner than the next regular one. */
  constructor(
    adapter: PlayerAdapter,
    input: PersonInput,
    playback: Playback,
    wakeIn: (delayMs: number) => void,
  ) {
    this.#adapter = adapter;
    this.#input = input;
    this.#playback = playback;
    this.#wakeIn = wakeIn;
  }

  get own(): OwnEffects {
    return this.#own;
  }

  /** How far the player was off when last corrected, positive for ahead; `null` while nothing can be said. */
  get driftSec(): number | null {
    return this.#driftSec;
  }

  /** A player that is no further off is where it should be, as far as its site lets it. */
  get nearSec(): number {
    return Math.max(ARRIVED_SEC, 2 * this.#adapter.can.seekToleranceSec);
  }

  /** Whether the source that the player was just given is one of our last jump, and not another film. */
  explainsSource(nowMs: number): boolean {
    const { seek } = this.#own;
    return seek !== null && nowMs - seek.atMs < SOURCE_WITHIN_MS && this.#input.latestMs < seek.atMs;
  }

  /** Something else is to be followed: a jump aimed at what was before teaches nothing about where a jump lands. */
  aimAnew(): void {
    this.#servo = { ...this.#servo, seeks: NO_BACKOFF, unconfirmedMove: null };
  }

  /** What held the player back counts no more; how long it takes to start and to jump still does. */
  begin(): void {
    this.#servo = { ...SERVO_START, latency: this.#servo.latency };
  }

  loseDrift(): void {
    this.#driftSec = null;
  }

  /** Where the player is now is not where our last jump went: something else than the film was on meanwhile. */
  forgetSeek(): void {
    this.#own = { ...this.#own, seek: null };
  }

  /** A person has acted: a speed that they have left is ours no more, and to go back to it is another act. */
  personActed(rate: number): void {
    this.#own = { rate: rate === this.#own.rate ? rate : null, seek: null, stands: false };
  }

  /** The player is under way; where that is not where our jump went, the site sends it elsewhere before it could arrive. */
  underWayTo(positionSec: number): void {
    const { seek } = this.#own;
    if (seek && Math.abs(positionSec - seek.toSec) > this.nearSec) this.#jumpIsOver = true;
  }

  /**
   * The site has moved the player. Where our last jump was over, that is no reason to wait with the next one, unless the
   * site `hasItsWay`.
   */
  movedBySite(hasItsWay: boolean): void {
    // Where the site put it teaches nothing about where our jump landed.
    this.#servo = { ...this.#servo, unconfirmedMove: null };
    if (this.#jumpIsOver && !hasItsWay) this.#servo = { ...this.#servo, seeks: NO_BACKOFF };
  }

  /** Makes one step towards the target. False where what is needed may not be done yet. */
  step(
    target: ServoInput['target'],
    player: PlayerReading,
    can: PlayerAdapter['can'],
    nowMs: number,
  ): boolean {
    const step = servo(this.#servo, { nowMs, target, player, can });
    const { pause, pauseToSync, play, seekToSec, rate } = step.command;
    const waitMs = this.#waitMs(step.command, can, nowMs);
    if (waitMs > 0) {
      // As if it had not been asked for: where to jump, or how long to stand, is counted anew when it may be.
      if (pause) this.#playback.stop();
      this.#wakeIn(waitMs);
      return false;
    }
    this.#servo = step.state;
    this.#driftSec = step.driftSec;
    if (rate !== undefined) {
      this.#own = { ...this.#own, rate };
      this.#adapter.setRate(rate, target.rate);
    }
    if (pause || pauseToSync) this.#playback.stop();
    this.#own = {
      ...this.#own,
      stands: target.playing && (pauseToSync ?? (this.#own.stands && player.paused && !play)),
    };
    if (step.driftSec !== null && Math.abs(step.driftSec) < this.nearSec) this.#landed(nowMs);
    if (seekToSec !== undefined) this.#seek(seekToSec, nowMs);
    if (play) this.#playback.start(nowMs);
    if (step.wakeInMs !== undefined) this.#wakeIn(step.wakeInMs);
    return true;
  }

  #seek(toSec: number, nowMs: number): void {
    const withinSec = this.#adapter.can.seekToleranceSec;
    this.#jumpIsOver = false;
    this.#own = { ...this.#own, seek: { toSec, atMs: nowMs, withinSec, landedAtMs: null } };
    this.#seekLimit.made(nowMs);
    this.#adapter.seek(toSec);
  }

  #landed(nowMs: number): void {
    this.#jumpIsOver = true;
    const { seek } = this.#own;
    if (seek) this.#own = { ...this.#own, seek: { ...seek, landedAtMs: seek.landedAtMs ?? nowMs } };
  }

  #waitMs(
    { seekToSec, pauseToSync }: ServoStep['command'],
    { rate, seekEveryMs }: PlayerAdapter['can'],
    nowMs: number,
  ): number {
    if (seekToSec === undefined && !pauseToSync) return 0;
    const handMs = rate ? 0 : this.#input.latestMs + HAND_MS - nowMs;
    return seekToSec === undefined ? handMs : Math.max(handMs, this.#seekLimit.waitMs(nowMs, seekEveryMs));
  }
}
