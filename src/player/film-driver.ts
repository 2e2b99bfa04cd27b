import type { FromPlayer, ToPlayer } from '../messaging/player-port.ts';
import { isAtEnd, type Timeline } from '../sync/index.ts';
import type { PlayerAdapter, PlayerReading } from './adapter.ts';
import { PlayerController, type ControllerEdges, type Offer, type PlayerStatus } from './controller.ts';
import type { PersonInput } from './person-input.ts';

export interface FilmDriverEdges extends Omit<ControllerEdges, 'emit' | 'prepared' | 'wakeIn'> {
  send: (message: FromPlayer) => void;
  /** Calls back once, unless the returned function is called first. */
  after: (delayMs: number, run: () => void) => () => void;
  /** The player has changed: where the page is by now counts first. */
  changing: () => void;
  /** What is in the player has its name by now: tell it, and ask what is to be followed. */
  named: () => void;
}

/** A page names the film that came into its player so much later at most. */
const NAMED_WITHIN_MS = 1500;

/** Holds the film of one frame to the room while that frame takes part, whichever player shows it. */
export class FilmDriver {
  readonly #edges: FilmDriverEdges;
  readonly #input: PersonInput;
  #player: PlayerAdapter | null = null;
  /** What was followed last, and how long that film is: of the one before, once the next has come. */
  #followed: Timeline | null = null;
  #durationSec: number | null = null;
  #controller: PlayerController | null = null;
  #taken = new AbortController();
  /** The film is to become what the room watches, as soon as the player can say where it stands. */
  #offering: Offer | null = null;
  #cancelWake: () => void = () => undefined;
  /** Set while a film that has just come into the player may not have its name yet. */
  #cancelNaming: (() => void) | null = null;

  constructor(input: PersonInput, edges: FilmDriverEdges) {
    this.#input = input;
    this.#edges = edges;
  }

  /** Drives this player from now on; the signal aborts when it is let go. */
  take(player: PlayerAdapter): AbortSignal {
    this.letGo();
    const { send, after } = this.#edges;
    const controller = new PlayerController(player, this.#input, {
      ...this.#edges,
      emit: (intent) => {
        this.#offering = null;
        send({ type: 'intent', intent });
      },
      prepared: (seq) => send({ type: 'prepared', seq }),
      wakeIn: (delayMs) => {
        this.#cancelWake();
        // What rounding leaves of a wait is no time that a timer could wait for.
        this.#cancelWake = after(Math.ceil(delayMs), () => controller.tick());
      },
    });
    const { signal } = this.#taken;
    player.onChange((change) => {
      this.#edges.changing();
      controller.changed(change);
    }, signal);
    this.#player = player;
    this.#controller = controller;
    if (this.#offering) controller.offer(this.#offering);
    return signal;
  }

  letGo(): void {
    this.#taken.abort();
    this.#taken = new AbortController();
    this.#cancelWake();
    this.#player?.release();
    this.#player = this.#controller = null;
  }

  get drives(): boolean {
    return this.#controller !== null;
  }

  /**
   * What its page gave this player may be the next film, whose name comes after it: until then it is not moved. A page whose
   * address names the film is believed, but at the end of one: there some change it only when the next film is there.
   */
  awaitName(byAddress: boolean): void {
    if (byAddress && !this.#atEnd()) return;
    if (this.#controller?.awaitName() === false) return;
    this.#cancelNaming?.();
    this.#cancelNaming = this.#edges.after(NAMED_WITHIN_MS, () => {
      this.#cancelNaming = null;
      this.#edges.named();
    });
  }

  #atEnd(): boolean {
    const serverMs = this.#edges.serverNowMs();
    if (!this.#followed || this.#durationSec === null || serverMs === null) return false;
    return isAtEnd(this.#followed, this.#durationSec, serverMs);
  }

  follow({ timeline, intentsSeen, offsetMs }: Extract<ToPlayer, { type: 'timeline' }>): void {
    if (timeline) this.#followed = timeline;
    if (!this.#cancelNaming) this.#controller?.follow(timeline, intentsSeen, offsetMs);
  }

  offer(offer: Offer): void {
    this.#offering = offer;
    this.#controller?.offer(offer);
  }

  /** This frame takes no part any more. */
  forgetOffer(): void {
    this.#offering = null;
  }

  resync(): void {
    this.#controller?.resync();
  }

  linkLost(): void {
    this.#controller?.linkLost();
  }

  pageWent(): void {
    this.#controller?.pageWent();
  }

  tick(): void {
    const reading = this.#player?.read();
    if (reading?.attached && !reading.interruption) this.#durationSec = reading.durationSec;
    this.#controller?.tick();
  }

  status(): PlayerStatus | null {
    return this.#controller?.status() ?? null;
  }

  /** What the player shows, or `null` while none is driven. */
  read(): PlayerReading | null {
    return this.#player?.read() ?? null;
  }
}
