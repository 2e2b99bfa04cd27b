import type { OverlayAct } from '../messaging/overlay.ts';
import type { FromPlayer, Interruption, TabPage } from '../messaging/player-port.ts';
import { Throttle, type After } from '../messaging/throttle.ts';
import {
  followedTimeline,
  serverClock,
  serverNowMs,
  type Page,
  type Session,
  type SessionEvent,
} from '../party/index.ts';
import { FilmArrival } from '../player/film-arrival.ts';
import type { OwnMemberState } from '../protocol/index.ts';
import type { FrameHandle, Frames } from './frames.ts';
import type { Permitted } from './permitted.ts';
import { injectBridge, injectPlayer } from './tab-scripts.ts';

/** A change of the clock's offset smaller than this is not worth a message to the player. */
const OFFSET_NEWS_MS = 0.2;
/** A page may load frames without end, and each time all of its frames are looked through. */
const ENTER_EVERY_MS = 500;

export interface PartyTabEdges {
  session: () => Session | null;
  dispatch: (event: SessionEvent) => void;
  frames: Frames;
  permitted: Permitted;
  /** Something that the pages show has changed. */
  changed: () => void;
  after?: After;
}

/** The tab that takes part: its page, its film, and the words between session and player. */
export class PartyTab {
  readonly #edges: PartyTabEdges;
  #told: string | null = null;
  permitted: boolean | null = null;
  resists = false;
  silenced = false;
  /** It shows no film of its own, as an invite page, and goes to the room's once the person agrees to where. */
  comes = false;
  /** What is on instead of the film. */
  interruption: Interruption | null = null;
  #overlayOn = true;
  #duckLevel = 1;
  #offersOnlyPlaying = false;
  /** Of a film in a frame: its page may name the next one first. */
  #arrival = new FilmArrival();
  #lingers = false;
  readonly #entering: Throttle;

  constructor(edges: PartyTabEdges) {
    this.#edges = edges;
    this.#entering = new Throttle(() => void this.enter(), ENTER_EVERY_MS, edges.after);
  }

  /**
   * Puts the player script in, if the person has let us into that site.
   *
   * @param url Of the page in the tab, if it is known already.
   * @param begins That page has just begun to load.
   */
  async enter(url?: string, begins = false): Promise<void> {
    const tabId = this.#tabId();
    if (tabId === null) return;
    const inCall = this.#edges.session()?.media.inCall === true;
    const beginning = begins ? { overlay: inCall && this.#overlayOn } : null;
    const permitted = (await this.#edges.permitted.has(tabId, url)) && (await injectPlayer(tabId, beginning));
    if (this.#tabId() !== tabId) return;
    this.permitted = permitted;
    // A script that the popup had put in before told its page when this was no tab of ours.
    if (permitted) this.#edges.frames.showOverlay(tabId, this.#overlayOn);
    else this.#edges.frames.dismiss(tabId);
    this.#tellPage();
    this.#edges.changed();
  }

  /** The tab's page went away; the next one says what it is. */
  left(): void {
    this.#told = null;
    this.resists = false;
    this.silenced = false;
    this.comes = false;
    this.interruption = null;
    this.permitted = null;
    this.#arrival = new FilmArrival();
    this.#tellPage();
  }

  filmChanged(): void {
    this.#told = null;
    if (this.#driver()) this.#arrival.loaded(performance.now());
    else this.#arrival = new FilmArrival();
    this.#tellPage();
    this.tellPlayer();
    // The frame that was asked to may be gone: some sites give their page the next film by a frame of its own.
    if (this.#edges.session()?.offering) this.offer(this.#offersOnlyPlaying);
    if (this.#duckLevel < 1) this.duck(this.#duckLevel);
  }

  /** One message of a player script in this tab. */
  heard(frame: FrameHandle, message: FromPlayer): void {
    switch (message.type) {
      case 'page':
        this.#edges.frames.showOverlay(frame.tabId, this.#overlayOn);
        // A page that goes on has left what its player followed.
        this.#told = null;
        this.#tellPage();
        return this.tellPlayer();
      case 'frames_changed':
        return this.#entering.ask();
      case 'intent':
        if (!this.#drives(frame)) return;
        this.#edges.dispatch({ on: 'act', intent: message.intent });
        // Also when nothing came of it: the player must learn that its word was heard.
        this.#told = null;
        return this.tellPlayer();
      case 'status': {
        if (!this.#drives(frame)) return;
        const { state, driftMs, boundMs, resists, silenced, interruption } = message;
        this.resists = resists;
        this.silenced = silenced;
        this.interruption = interruption;
        if (this.#lingers) this.#tellPage();
        const figures =
          driftMs !== null && boundMs !== null ? { driftMs: round(driftMs), boundMs: round(boundMs) } : {};
        const ad = this.#adEnd(interruption);
        return this.#edges.dispatch({
          on: 'report',
          report: { state: this.#stateOf(state), ...figures, ...ad },
        });
      }
      case 'prepared':
        if (this.#drives(frame)) this.#edges.dispatch({ on: 'prepared', seq: message.seq });
        return;
      case 'film':
        // Another player in the same frame has been told nothing yet.
        this.#told = null;
        return this.tellPlayer();
      case 'loaded':
        if (!this.#drives(frame)) return;
        this.#arrival.loaded(performance.now());
        if (this.#lingers) this.#tellPage();
        return;
      case 'bridge':
        return void injectBridge(frame, message.name);
      case 'clock':
      case 'ads':
      case 'touched':
      case 'stirred':
      case 'overlay':
        return;
    }
  }

  /** Tells the player what to follow, if that is news. */
  tellPlayer(): void {
    const session = this.#edges.session();
    const driver = session && this.#driver();
    if (!session || !driver) return;
    const timeline = followedTimeline(session);
    const server = this.#serverClock(session);
    const offset = server && Math.round(server.offsetMs / OFFSET_NEWS_MS);
    const { offsetMs } = session;
    const news = JSON.stringify([timeline, offset, driver.intentsSeen, offsetMs]);
    if (news === this.#told) return;
    this.#told = news;
    driver.send({ type: 'timeline', timeline, intentsSeen: driver.intentsSeen, server, offsetMs });
  }

  /** The tab shows something that cannot be watched together: a Short, a live stream whose distance to what is being sent is not known. */
  get refused(): boolean {
    const tabId = this.#tabId();
    const kind = tabId === null ? undefined : this.#edges.frames.pageOf(tabId)?.kind;
    return kind === 'refused';
  }

  /** A film plays on the site, and we do not know it. */
  get unrecognised(): boolean {
    const tabId = this.#tabId();
    return tabId !== null && this.#edges.frames.unrecognised(tabId);
  }

  get overlayOn(): boolean {
    return this.#overlayOn;
  }

  /** Whether the party is to be seen over the film. */
  showOverlay(on: boolean): void {
    this.#overlayOn = on;
    const tabId = this.#tabId();
    if (tabId !== null) this.#edges.frames.showOverlay(tabId, on);
    this.#edges.changed();
  }

  /** Plays the film at a part of the volume that the person has set. */
  duck(level: number): void {
    this.#duckLevel = level;
    this.#driver()?.send({ type: 'duck', level });
  }

  /** A key that means the overlay: it is shown for it where it was hidden. */
  overlayAct(act: OverlayAct): void {
    if (!this.#overlayOn) this.showOverlay(true);
    const tabId = this.#tabId();
    if (tabId !== null) this.#edges.frames.overlayAct(tabId, act);
  }

  /** Whether the person is to be asked if the tab goes to what the room watches. */
  asksToCome(asks: boolean): void {
    this.comes = asks;
    this.#edges.changed();
  }

  /** The person wants to be at the room's moment now. */
  resync(): void {
    this.#driver()?.send({ type: 'resync' });
  }

  offer(onlyPlaying: boolean): void {
    this.#offersOnlyPlaying = onlyPlaying;
    this.tellPlayer();
    this.#driver()?.send({ type: 'offer', onlyPlaying });
  }

  #tellPage(): void {
    const tabId = this.#tabId();
    const told = tabId === null ? null : this.#edges.frames.pageOf(tabId);
    const content = told && roomContent(told);
    const driver = this.#driver();
    // A page's own script knows by itself.
    const ofFrame = driver !== null && driver.frameId !== 0;
    this.#lingers = ofFrame && this.#arrival.lingers(content?.contentId ?? null, performance.now());
    const page = content && !this.#lingers ? { content, hasFilm: driver !== null } : null;
    this.#edges.dispatch({ on: 'page', page });
    if (!page?.hasFilm) this.#edges.dispatch({ on: 'report', report: { state: this.#stateOf('no_video') } });
  }

  #adEnd(interruption: Interruption | null): { adEndsAtMs?: number } {
    const session = this.#edges.session();
    const serverMs = session && serverNowMs(session, performance.now());
    if (interruption?.kind !== 'ad' || interruption.leftSec === null || serverMs === null) return {};
    return { adEndsAtMs: Math.round(serverMs + interruption.leftSec * 1000) };
  }

  /** Somebody whose tab shows something else is away, whatever that player does. */
  #stateOf(state: OwnMemberState): OwnMemberState {
    const session = this.#edges.session();
    if (!session) return state;
    const { content, page, along } = session;
    const elsewhere = content && page?.content.contentId !== content.contentId;
    if (along && (elsewhere || state === 'no_video')) return 'coming';
    return elsewhere ? 'away' : state;
  }

  /** Also for a tab that is only looked into: it may take part a moment later. */
  answerClock(frame: FrameHandle, t1Ms: number): void {
    const t2Ms = performance.now();
    const session = this.#edges.session();
    const server = session && this.#serverClock(session);
    frame.send({ type: 'clock', t1Ms, t2Ms, t3Ms: performance.now(), server });
  }

  #serverClock(session: Session) {
    const clock = serverClock(session, performance.now());
    return clock && { offsetMs: clock.offsetMs, boundMs: clock.boundMs };
  }

  #tabId(): number | null {
    return this.#edges.session()?.tabId ?? null;
  }

  #driver(): FrameHandle | null {
    const tabId = this.#tabId();
    return tabId === null ? null : this.#edges.frames.driver(tabId);
  }

  #drives(frame: FrameHandle): boolean {
    return this.#driver()?.key === frame.key;
  }
}

function roomContent({ content }: TabPage): Page['content'] | null {
  if (!content) return null;
  const { contentId, ...meta } = content;
  return { contentId, meta };
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
