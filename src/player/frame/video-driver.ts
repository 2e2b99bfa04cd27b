import type { FromPlayer, ToPlayer } from '../../messaging/player-port.ts';
import { isNearEnd, type Timeline } from '../../sync/index.ts';
import type { PlayerAdapter, PlayerReading } from '../adapter.ts';
import { PlayerController, type ControllerEdges, type Offer, type PlayerStatus } from '../controller.ts';
import type { PersonInput } from '../person-input.ts';

export interface VideoDriverHost extends Omit<ControllerEdges, 'emit' | 'prepared' | 'wakeIn'> {
  send: (message: FromPlayer) => void;
  /** Calls back once, unless the returned function is called first. */
  after: (delayMs: number, run: () => void) => () => void;
  /** The player has changed: where the page is by now counts first. */
  changing: () => void;
}

/** Holds the video of one frame to the room while that frame takes part, whichever player shows it. */
export class VideoDriver {
  readonly #host: VideoDriverHost;
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

  constructor(input: PersonInput, host: VideoDriverHost) {
    this.#input = input;
    this.#host = host;
  }

  /** Drives this player from now on; the signal aborts when it is let go. */
  take(player: PlayerAdapter): AbortSignal {
    this.letGo();
    const { send, after } = this.#host;
    const controller = new PlayerController(player, this.#input, {
      ...this.#host,
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
      this.#host.changing();
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

  /** Whether what is followed is at its end by now. */
  get atEnd(): boolean {
    const serverMs = this.#host.serverNowMs();
    if (!this.#followed || this.#durationSec === null || serverMs === null) return false;
    return isNearEnd(this.#followed, this.#durationSec, serverMs);
  }

  /** Whether the source that the player was just given is that of our last jump. */
  explainsSource(): boolean {
    return this.#controller?.explainsSource() ?? false;
  }

  /** The player may have another video, whose content id comes with what is to be followed next. */
  awaitContentId(): void {
    this.#controller?.awaitContentId();
  }

  /** @param awaitsId What is to be followed may be meant for the video before: it is only kept in mind. */
  follow(
    { timeline, intentsSeen, offsetMs }: Extract<ToPlayer, { type: 'timeline' }>,
    awaitsId: boolean,
  ): void {
    if (timeline) this.#followed = timeline;
    if (!awaitsId) this.#controller?.follow(timeline, intentsSeen, offsetMs);
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
