import type { Act, Intent, OwnMemberState } from '../protocol/index.ts';
import type { Interruption } from '../messaging/player-port.ts';
import { pausedToleranceSec, type Timeline } from '../sync/index.ts';
import { ActJudge } from './act-judge.ts';
import type { PlayerAdapter, PlayerChange, PlayerReading } from './adapter.ts';
import { Correction, soughtOnly } from './correction.ts';
import { meant } from './meant.ts';
import type { PersonInput } from './person-input.ts';
import { Playback, type PlaybackEdges } from './playback.ts';
import { Resistance } from './resistance.ts';
import { Stall } from './stall.ts';
import { targetAt, wantedAt } from './wanted.ts';

export interface ControllerEdges extends PlaybackEdges {
  /** The server's clock, ms; `null` while unknown. */
  serverNowMs: () => number | null;
  hidden: () => boolean;
  emit: (intent: Intent) => void;
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
  #timeline: Timeline | null = null;
  /** What is in the player may be another film. */
  #awaitsContentId = false;
  /** This person's own shift of the film. */
  #offsetSec = 0;
  #preparedSeq: number | null = null;
  /** It has been on the timeline at all: until then its site may still be taking it to where this person left off. */
  #withRoom = false;
  #roomRate = 1;
  #intentsSent = 0;
  readonly #stall = new Stall();
  readonly #playback: Playback;
  readonly #correction: Correction;
  #offerDue: Offer | null = null;
  #interruption: Interruption | null = null;
  /** As it was when last looked at; a change since then may not have had its event yet. */
  #lastRate: number | null = null;

  constructor(adapter: PlayerAdapter, input: PersonInput, edges: ControllerEdges) {
    this.#adapter = adapter;
    this.#edges = edges;
    this.#input = input;
    this.#judge = new ActJudge(input);
    this.#playback = new Playback(adapter, edges);
    this.#correction = new Correction(adapter, input, this.#playback, edges.wakeIn);
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
    if (timeline?.seq !== this.#timeline?.seq) this.#correction.aimAnew();
    this.#awaitsContentId = false;
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
    this.#correction.loseDrift();
  }

  /** Whether the player's new source is that of our last jump, and so the same video. */
  explainsSource(): boolean {
    return this.#correction.explainsSource(this.#edges.nowMs());
  }

  /**
   * The new source may be the next video; its content id arrives with the next `follow`. Until then the player is not corrected,
   * and what its user does to it waits.
   */
  awaitContentId(): void {
    this.#awaitsContentId = true;
    this.#correction.loseDrift();
  }

  /** The person wants to be at the room's moment now: whatever held the player back gets another chance. */
  resync(): void {
    this.#resistance.forgive();
    this.#correction.begin();
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
    const { own } = this.#correction;
    const foreignRate =
      change === 'rate' && !this.#awaitsContentId && own.rate !== null && reading.rate !== own.rate;
    // A person who tries several speeds does not defy us.
    if (foreignRate && !this.#input.explains('rate', nowMs)) {
      this.#resistance.defied('rate', nowMs);
    }
    if (change === 'position' && reading.seeking && reading.settled) {
      this.#correction.underWayTo(reading.positionSec);
    }
    if (change !== 'position' || this.#withRoom) {
      const wanted = wantedAt(this.#timeline, this.#offsetSec, serverMs);
      this.#judge.notice(change, reading, wanted, own, nowMs);
    }
    this.tick();
  }

  tick(): void {
    const serverMs = this.#edges.serverNowMs();
    const reading = this.#adapter.read();
    this.#noteInterruption(reading);
    if (!reading.attached || reading.interruption) {
      this.#judge.forget();
      this.#playback.lookAway();
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
    const { own } = this.#correction;
    // A player changes at once and tells it in a later task (HTML, "queue a media element task"): a correction in
    // between would undo a person's act unseen.
    if (this.#playback.changedTo(reading.paused)) {
      this.#judge.notice('playing', reading, wanted, own, nowMs);
    }
    // The same of a speed, which a correction would write over.
    const chosen = reading.rate !== this.#lastRate && reading.rate !== own.rate;
    if (this.#lastRate !== null && chosen && this.#input.explains('rate', nowMs)) {
      this.#judge.notice('rate', reading, wanted, own, nowMs);
    }
    this.#lastRate = reading.rate;
    if (!reading.settled) {
      // A site that gives its element another source for each jump tells none by an event.
      if (this.#withRoom && this.#input.explains('position', nowMs)) {
        this.#judge.notice('position', reading, wanted, own, nowMs);
      }
      // An order to play is lost with the source that it was given to.
      const lost = own.seek !== null && !own.stands && wanted.playing === true && reading.paused;
      if (lost && !this.#awaitsContentId && !reading.seeking && !this.#judge.inDoubt)
        this.#playback.start(nowMs);
      return;
    }
    if (this.#awaitsContentId) return;
    this.#withRoom ||= Math.abs(reading.positionSec - wanted.positionSec) < this.#correction.nearSec;
    this.#decide(reading, serverMs, nowMs);
    if (!this.#judge.inDoubt && !this.#resistance.yields('playing', nowMs))
      this.#correct(reading, serverMs, nowMs);
  }

  status(): PlayerStatus {
    const nowMs = this.#edges.nowMs();
    const { driftSec } = this.#correction;
    const driftMs = driftSec === null ? null : driftSec * 1000;
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
      this.#correction.begin();
      this.#correction.forgetSeek();
    }
    if (interruption) {
      this.#correction.loseDrift();
      this.#stall.forget();
      this.#preparedSeq = null;
    }
  }

  #decide(reading: PlayerReading, serverMs: number, nowMs: number): void {
    if (!this.#timeline) return;
    const wanted = wantedAt(this.#timeline, this.#offsetSec, serverMs);
    const verdict = this.#judge.decide(reading, wanted, this.#correction.own, nowMs);
    if (verdict.kind === 'intent') this.#emit(reading, serverMs, verdict.act);
    if (verdict.kind !== 'disturbance') return;
    if (verdict.changes.includes('playing')) this.#resistance.defied('playing', nowMs);
    if (!verdict.changes.includes('position')) return;
    this.#correction.movedBySite(this.#resistance.yields('position', nowMs));
    this.#resistance.defied('position', nowMs);
  }

  #emit(reading: PlayerReading, serverMs: number, act?: Act): void {
    const before = {
      timeline: this.#timeline,
      offsetSec: this.#offsetSec,
      ownRate: this.#correction.own.rate,
      roomRate: this.#roomRate,
    };
    const state = meant(reading, act, before, serverMs);
    this.#correction.personActed(reading.rate);
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
    let { can } = this.#adapter;
    if (this.#resistance.yields('rate', nowMs)) can = soughtOnly(can);
    if (this.#correction.step(target, reading, can, nowMs))
      this.#notePrepared(reading, pausedToleranceSec(can));
  }

  /** Held, and standing where the film is to go on. */
  #notePrepared(reading: PlayerReading, withinSec: number): void {
    const seq = this.#timeline?.held ? this.#timeline.seq : null;
    const near = Math.abs(this.#correction.driftSec ?? Infinity) <= withinSec;
    const stands = reading.paused && !reading.seeking && reading.ready && near;
    if (seq === null || !stands || this.#preparedSeq === seq) return;
    this.#preparedSeq = seq;
    this.#edges.prepared(seq);
  }
}
