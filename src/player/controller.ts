import type { Act, OwnMemberState } from '../protocol/index.ts';
import { servo, SERVO_START, standsWithinSec, type ServoState, type Timeline } from '../sync/index.ts';
import { ActJudge, type OwnEffects } from './act-judge.ts';
import type { Interruption } from '../messaging/player-port.ts';
import type { PlayerAdapter, PlayerChange, PlayerReading } from './adapter.ts';
import { meant } from './meant.ts';
import type { PersonInput } from './person-input.ts';
import { Playback, type PlaybackEdges } from './playback.ts';
import { Resistance } from './resistance.ts';
import { SeekLimit } from './seek-limit.ts';
import { Stall } from './stall.ts';
import { targetAt, wantedAt } from './wanted.ts';

/** A person's act as the player shows it; `atServerMs` is when `positionSec` was read, on the server's clock. */
export interface PlayerIntent {
  act?: Act;
  playing: boolean;
  positionSec: number;
  rate: number;
  atServerMs: number;
}

export interface ControllerEdges extends Omit<PlaybackEdges, 'neverStarted'> {
  /** The server's clock, ms; `null` while unknown. */
  serverNowMs: () => number | null;
  hidden: () => boolean;
  emit: (intent: PlayerIntent) => void;
  /** The player stands where the held timeline of that `seq` begins. */
  prepared: (seq: number) => void;
  /** Call `tick` after so long, sooner than the next regular one. */
  wakeIn: (delayMs: number) => void;
}

export interface PlayerStatus {
  state: OwnMemberState;
  /** Player minus timeline, ms; `null` while nothing can be said. */
  driftMs: number | null;
  /** The site undoes what the room wants, so it is left alone for a while. */
  resists: boolean;
  /** The film plays without sound until the person touches the page (autoplay policy). */
  silenced: boolean;
  /** What is on instead of the film. */
  interruption: Interruption | null;
}

/** Which state of a player is to become the room's: as it is, or as soon as it plays, unless there is a timeline by then. */
export interface Offer {
  onlyPlaying: boolean;
}

const ARRIVED_SEC = 0.25;
/** A site that writes the rate back cannot be nudged: it is only ever sought, and not for less than this. */
const SEEK_ONLY = { rate: false, seekToleranceSec: 0.05 };
/** A jump that a person has just made may not be seen yet; one of ours in between would undo it. */
const HAND_MS = 500;
/** A site gives its element the new source of a jump so soon. */
const SOURCE_WITHIN_MS = 1500;
/** How a member is doing while its site shows something else than the film. */
const STATE_OF: Record<Interruption['kind'], OwnMemberState> = {
  ad: 'ad',
  loading: 'buffering',
  still_watching: 'blocked',
  error: 'blocked',
  unreadable: 'blocked',
};

/**
 * Holds one player to the room's timeline and tells the acts of its person. Call `tick` about ten times a second and
 * `changed` at each change of the player.
 */
export class PlayerController {
  readonly #adapter: PlayerAdapter;
  readonly #edges: ControllerEdges;
  readonly #input: PersonInput;
  readonly #judge: ActJudge;
  readonly #resistance = new Resistance();
  readonly #seekLimit = new SeekLimit();
  #timeline: Timeline | null = null;
  /** What is in the player may be another film. */
  #waitsForName = false;
  /** This person's own shift of the film. */
  #offsetSec = 0;
  #preparedSeq: number | null = null;
  /** The player has been on the timeline since it was last sought. */
  #arrived = false;
  /** It has been on the timeline at all: until then its site may still be taking it to where this person left off. */
  #withRoom = false;
  #servo: ServoState = SERVO_START;
  #own: OwnEffects = { rate: null, seek: null };
  #roomRate = 1;
  #intentsSent = 0;
  #driftSec: number | null = null;
  readonly #stall = new Stall();
  readonly #playback: Playback;
  #offerDue: Offer | null = null;
  #interruption: Interruption | null = null;
  /** As the player was when last looked at; a change since then may not have had its event yet. */
  #lastPaused: boolean | null = null;
  #lastRate: number | null = null;

  constructor(adapter: PlayerAdapter, input: PersonInput, edges: ControllerEdges) {
    this.#adapter = adapter;
    this.#edges = edges;
    this.#input = input;
    this.#judge = new ActJudge(input);
    const neverStarted = () => {
      this.#lastPaused = true;
    };
    this.#playback = new Playback(adapter, { ...edges, neverStarted });
  }

  /**
   * The room's timeline, or `null` when there is none to follow. `intentsSeen` is how many of this player's intents it
   * takes into account: an older word must not undo what the person just did.
   */
  follow(timeline: Timeline | null, intentsSeen: number, offsetMs = 0): void {
    this.#offsetSec = offsetMs / 1000;
    if (intentsSeen < this.#intentsSent) return;
    // More than we sent: those of the player that was here before.
    this.#intentsSent = intentsSeen;
    // A jump aimed at another timeline teaches nothing about where a jump lands.
    if (timeline?.seq !== this.#timeline?.seq) {
      this.#servo = { ...this.#servo, seeksInARow: 0, landing: null };
    }
    this.#waitsForName = false;
    if (timeline) {
      if (timeline.contentId !== this.#timeline?.contentId) this.pageWent();
      if (this.#offerDue?.onlyPlaying) this.#offerDue = null;
      this.#timeline = timeline;
      this.#roomRate = timeline.rate;
    } else this.pageWent();
    this.tick();
  }

  /** The page goes on to something else: what was followed is of the one before. */
  pageWent(): void {
    this.#timeline = null;
    this.#withRoom = false;
    this.#judge.forget();
    this.#driftSec = null;
  }

  /**
   * What the player was just given may be the next film, whose name is told by what `follow` brings: until then it is not moved,
   * and what a hand does to it waits. Returns whether to wait: after a jump of ours it is only that jump's source.
   */
  awaitName(): boolean {
    const { seek } = this.#own;
    const nowMs = this.#edges.nowMs();
    const ours = seek !== null && nowMs - seek.atMs < SOURCE_WITHIN_MS && this.#input.latestMs < seek.atMs;
    if (ours) return false;
    this.#waitsForName = true;
    this.#driftSec = null;
    return true;
  }

  /** The person wants to be at the room's moment now: whatever held the player back gets another chance. */
  resync(): void {
    this.#resistance.forgive();
    this.#servo = { ...SERVO_START, leads: this.#servo.leads };
    this.#playback.retryNow();
    this.tick();
  }

  /** The background is another one: it has seen none of this player's intents. */
  linkLost(): void {
    this.#intentsSent = 0;
    this.#preparedSeq = null;
  }

  /** Tells the whole state as an intent, as soon as the time is known: this film becomes what the room watches. */
  offer(offer: Offer): void {
    this.#offerDue = offer;
    this.tick();
  }

  changed(change: PlayerChange): void {
    const serverMs = this.#edges.serverNowMs();
    if (!this.#timeline || serverMs === null) return;
    const nowMs = this.#edges.nowMs();
    const reading = this.#adapter.read();
    this.#noteInterruption(reading);
    if (!reading.attached || reading.interruption) {
      this.tick();
      return;
    }
    const foreignRate =
      change === 'rate' && !this.#waitsForName && this.#own.rate !== null && reading.rate !== this.#own.rate;
    // A person who tries several speeds does not defy us.
    if (foreignRate && !this.#input.explains('rate', nowMs)) {
      this.#resistance.defied('rate', nowMs);
    }
    if (change !== 'position' || this.#withRoom) {
      const wanted = wantedAt(this.#timeline, this.#offsetSec, serverMs);
      this.#judge.notice(change, reading, wanted, this.#own, nowMs);
    }
    this.tick();
  }

  tick(): void {
    const serverMs = this.#edges.serverNowMs();
    const reading = this.#adapter.read();
    this.#noteInterruption(reading);
    if (!reading.attached || reading.interruption) {
      this.#judge.forget();
      this.#lastPaused = null;
      this.#lastRate = null;
    }
    if (serverMs === null || !reading.attached || reading.interruption) return;
    if (this.#offerDue && reading.settled && !(this.#offerDue.onlyPlaying && reading.paused)) {
      this.#offerDue = null;
      this.#emit(reading, serverMs);
    }
    if (!this.#timeline) return;
    const nowMs = this.#edges.nowMs();
    if (!reading.paused) this.#playback.runs();
    this.#playback.regainSound();
    this.#stall.note(reading, nowMs);
    const wanted = wantedAt(this.#timeline, this.#offsetSec, serverMs);
    // A player changes at once and tells it in a later task (HTML, "queue a media element task"): a correction in
    // between would undo a person's act unseen.
    if (this.#lastPaused !== null && this.#lastPaused !== reading.paused) {
      this.#judge.notice('playing', reading, wanted, this.#own, nowMs);
    }
    // The same of a speed, which a correction would write over.
    const chosen = reading.rate !== this.#lastRate && reading.rate !== this.#own.rate;
    if (this.#lastRate !== null && chosen && this.#input.explains('rate', nowMs)) {
      this.#judge.notice('rate', reading, wanted, this.#own, nowMs);
    }
    this.#lastRate = reading.rate;
    this.#lastPaused = reading.paused;
    if (!reading.settled) {
      // A site that gives its element another source for each jump tells none by an event.
      if (this.#withRoom && this.#input.explains('position', nowMs)) {
        this.#judge.notice('position', reading, wanted, this.#own, nowMs);
      }
      // An order to play is lost with the source that it was given to.
      const lost = this.#own.seek !== null && wanted.playing === true && reading.paused;
      if (lost && !this.#waitsForName && !reading.seeking && !this.#judge.inDoubt) this.#play(nowMs);
      return;
    }
    if (this.#waitsForName) return;
    this.#withRoom ||= Math.abs(reading.positionSec - wanted.positionSec) < this.#nearSec;
    this.#decide(reading, serverMs, nowMs);
    if (!this.#judge.inDoubt && !this.#resistance.yields('playing', nowMs))
      this.#correct(reading, serverMs, nowMs);
  }

  status(): PlayerStatus {
    const nowMs = this.#edges.nowMs();
    const driftMs = this.#driftSec === null ? null : this.#driftSec * 1000;
    const resists = this.#resistance.yields('playing', nowMs);
    const interruption = this.#interruption;
    const { silenced } = this.#playback;
    return { state: this.#state(nowMs, resists), driftMs, resists, silenced, interruption };
  }

  #state(nowMs: number, resists: boolean): OwnMemberState {
    if (this.#interruption) return STATE_OF[this.#interruption.kind];
    if (!this.#timeline) return 'ready';
    if (resists || (this.#playback.refused && this.#timeline.playing)) return 'blocked';
    const { attached, seeking } = this.#adapter.read();
    // Its site is giving it another source, or the same anew.
    if (!attached) return 'buffering';
    const stall = this.#stall.state(seeking, nowMs);
    if (stall) return stall;
    return this.#edges.hidden() ? 'hidden' : 'ready';
  }

  /**
   * While something else than the film is on, the player's doings are the site's. A hand that skipped it did not touch the
   * film that comes after it, wherever that begins.
   */
  #noteInterruption({ interruption }: PlayerReading): void {
    const before = this.#interruption;
    this.#interruption = interruption;
    if (!interruption && before) {
      this.#input.forget();
      this.#servo = { ...SERVO_START, leads: this.#servo.leads };
      this.#own = { ...this.#own, seek: null };
    }
    if (interruption) {
      this.#driftSec = null;
      this.#stall.forget();
      this.#preparedSeq = null;
    }
  }

  #decide(reading: PlayerReading, serverMs: number, nowMs: number): void {
    if (!this.#timeline) return;
    const verdict = this.#judge.decide(
      reading,
      wantedAt(this.#timeline, this.#offsetSec, serverMs),
      this.#own,
      nowMs,
    );
    if (verdict.kind === 'intent') this.#emit(reading, serverMs, verdict.act);
    if (verdict.kind !== 'disturbance') return;
    if (verdict.changes.includes('playing')) this.#resistance.defied('playing', nowMs);
    if (verdict.changes.includes('position')) this.#movedAway(nowMs);
  }

  /** The last jump had arrived: that the site moved the player since is no reason to wait with the next one. */
  #movedAway(nowMs: number): void {
    // Where the site put it teaches nothing about where our jump landed.
    this.#servo = { ...this.#servo, landing: null };
    if (this.#arrived && !this.#resistance.yields('position', nowMs)) {
      this.#servo = { ...this.#servo, seeksInARow: 0 };
    }
    this.#resistance.defied('position', nowMs);
  }

  #emit(reading: PlayerReading, serverMs: number, act?: Act): void {
    const before = {
      timeline: this.#timeline,
      offsetSec: this.#offsetSec,
      ownRate: this.#own.rate,
      roomRate: this.#roomRate,
    };
    const state = meant(reading, act, before, serverMs);
    // A speed that its person has left is ours no more: to go back to it is another act.
    const ownRate = reading.rate === this.#own.rate ? reading.rate : null;
    this.#own = { rate: ownRate, seek: null };
    this.#intentsSent += 1;
    // What the person sees counts at once; the server's word follows.
    if (this.#timeline) {
      const { held, ...rest } = this.#timeline;
      this.#timeline = { ...rest, ...state, ...(act === 'rate' && held && { held }) };
    }
    this.#resistance.forgive();
    this.#edges.emit({ ...state, ...(act && { act }) });
  }

  #correct(reading: PlayerReading, serverMs: number, nowMs: number): void {
    if (!this.#timeline) return;
    const target = targetAt(this.#timeline, this.#offsetSec, serverMs);
    const can = this.#resistance.yields('rate', nowMs)
      ? {
          ...SEEK_ONLY,
          seekToleranceSec: Math.max(SEEK_ONLY.seekToleranceSec, this.#adapter.can.seekToleranceSec),
        }
      : this.#adapter.can;
    const step = servo(this.#servo, { nowMs, target, player: reading, can });
    const waitMs = step.command.seekToSec === undefined ? 0 : this.#seekWaitMs(nowMs, can);
    if (waitMs > 0) {
      // As if it had not been asked for: where to jump is counted anew when it may be.
      if (step.command.pause) this.#pause();
      this.#edges.wakeIn(waitMs);
      return;
    }
    this.#servo = step.state;
    this.#driftSec = step.driftSec;
    const { pause, play, seekToSec, rate } = step.command;
    if (rate !== undefined) {
      this.#own = { ...this.#own, rate };
      this.#adapter.setRate(rate, target.rate);
    }
    if (pause) this.#pause();
    if (step.driftSec !== null && Math.abs(step.driftSec) < this.#nearSec) this.#landed(nowMs);
    if (seekToSec !== undefined) {
      this.#arrived = false;
      this.#own = {
        ...this.#own,
        seek: {
          ...{ toSec: seekToSec, atMs: nowMs, withinSec: this.#adapter.can.seekToleranceSec },
          landedAtMs: null,
        },
      };
      this.#seekLimit.made(nowMs);
      this.#adapter.seek(seekToSec);
    }
    if (play) this.#play(nowMs);
    if (step.wakeInMs !== undefined) this.#edges.wakeIn(step.wakeInMs);
    this.#notePrepared(reading, standsWithinSec(can));
  }

  #landed(nowMs: number): void {
    this.#arrived = true;
    const { seek } = this.#own;
    if (seek) this.#own = { ...this.#own, seek: { ...seek, landedAtMs: seek.landedAtMs ?? nowMs } };
  }

  get #nearSec(): number {
    return Math.max(ARRIVED_SEC, 2 * this.#adapter.can.seekToleranceSec);
  }

  #seekWaitMs(nowMs: number, { rate }: { rate: boolean }): number {
    const handMs = rate ? 0 : this.#input.latestMs + HAND_MS - nowMs;
    return Math.max(handMs, this.#seekLimit.waitMs(nowMs, this.#adapter.can.seekEveryMs));
  }

  #play(nowMs: number): void {
    if (this.#playback.start(nowMs)) this.#lastPaused = false;
  }

  #pause(): void {
    this.#adapter.pause();
    this.#playback.stopped();
    this.#lastPaused = true;
  }

  /** Held, and standing where the film is to go on. */
  #notePrepared(reading: PlayerReading, withinSec: number): void {
    const seq = this.#timeline?.held ? this.#timeline.seq : null;
    const near = Math.abs(this.#driftSec ?? Infinity) <= withinSec;
    const stands = reading.paused && !reading.seeking && reading.ready && near;
    if (seq === null || !stands || this.#preparedSeq === seq) return;
    this.#preparedSeq = seq;
    this.#edges.prepared(seq);
  }
}
