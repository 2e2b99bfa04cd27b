import type { OverlayAct } from '../messaging/overlay.ts';
import type { FromPlayer, Interruption, TabPage } from '../messaging/player-port.ts';
import { Throttle, type After } from '../messaging/throttle.ts';
import { ContentArrival } from '../party/content-arrival.ts';
import {
  followedTimeline,
  serverClock,
  serverNowMs,
  type Page,
  type Session,
  type SessionEvent,
} from '../party/index.ts';
import type { OwnMemberState } from '../protocol/index.ts';
import type { FrameHandle, Frames } from './frames.ts';
import type { TabHost } from './tab-host.ts';

/** A change of the clock's offset smaller than this is not worth a message to the player. */
const OFFSET_NEWS_MS = 0.2;
/** A page may load frames without end, and each time all of its frames are looked through. */
const ENTER_EVERY_MS = 500;

export interface PartyTabHost {
  session: () => Session | null;
  dispatch: (event: SessionEvent) => void;
  frames: Frames;
  tabs: Pick<TabHost, 'isPermitted' | 'injectPlayer' | 'injectBridge'>;
  /** A monotonic clock, ms. */
  nowMs: () => number;
  /** Something that the pages show has changed. */
  changed: () => void;
  after: After;
}

/** The tab that takes part: its page, its film, and the words between session and player. */
export class PartyTab {
  readonly #host: PartyTabHost;
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
  #arrival = new ContentArrival<Page['content']>();
  readonly #entering: Throttle;

  constructor(host: PartyTabHost) {
    this.#host = host;
    this.#entering = new Throttle(() => void this.enter(), ENTER_EVERY_MS, host.after);
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
    const inCall = this.#host.session()?.call.media.inCall === true;
    const beginning = begins ? { overlay: inCall && this.#overlayOn } : null;
    const { tabs } = this.#host;
    const permitted = (await tabs.isPermitted(tabId, url)) && (await tabs.injectPlayer(tabId, beginning));
    if (this.#tabId() !== tabId) return;
    this.permitted = permitted;
    // A script that the popup had put in before told its page when this was no tab of ours.
    if (permitted) this.#host.frames.showOverlay(tabId, this.#overlayOn);
    else this.#host.frames.dismiss(tabId);
    this.#tellPage();
    this.#host.changed();
  }

  /** The tab's page went away; the next one says what it is. */
  left(): void {
    this.#told = null;
    this.resists = false;
    this.silenced = false;
    this.comes = false;
    this.interruption = null;
    this.permitted = null;
    this.#arrival = new ContentArrival();
    this.#tellPage();
  }

  filmChanged(): void {
    this.#told = null;
    if (this.#driver()) this.#arrival.loaded(this.#host.nowMs());
    else this.#arrival = new ContentArrival();
    this.#tellPage();
    this.tellPlayer();
    // The frame that was asked to may be gone: some sites give their page the next film by a frame of its own.
    if (this.#host.session()?.intents.awaitsState) this.offer(this.#offersOnlyPlaying);
    if (this.#duckLevel < 1) this.duck(this.#duckLevel);
  }

  /** One message of a player script in this tab. */
  heard(frame: FrameHandle, message: FromPlayer): void {
    switch (message.type) {
      case 'page':
        this.#host.frames.showOverlay(frame.tabId, this.#overlayOn);
        // A page that goes on has left what its player followed.
        this.#told = null;
        this.#tellPage();
        return this.tellPlayer();
      case 'frames_changed':
        return this.#entering.ask();
      case 'intent':
        if (!this.#drives(frame)) return;
        this.#host.dispatch({ type: 'act', intent: message.intent });
        // Also when nothing came of it: the player must learn that its intent was seen.
        return this.tellPlayer();
      case 'status': {
        if (!this.#drives(frame)) return;
        const { state, driftMs, boundMs, resists, silenced, interruption } = message;
        this.resists = resists;
        this.silenced = silenced;
        this.interruption = interruption;
        if (!this.#arrival.isSettled) this.#tellPage();
        const figures =
          driftMs !== null && boundMs !== null ? { driftMs: round(driftMs), boundMs: round(boundMs) } : {};
        const ad = this.#adEnd(interruption);
        return this.#host.dispatch({
          type: 'report',
          report: { state: this.#stateOf(state), ...figures, ...ad },
        });
      }
      case 'prepared':
        if (this.#drives(frame)) this.#host.dispatch({ type: 'prepared', seq: message.seq });
        return;
      case 'film':
        // Another player in the same frame has been told nothing yet.
        this.#told = null;
        if (this.#drives(frame) && frame.frameId !== 0) this.#tellPage();
        return this.tellPlayer();
      case 'loaded':
        if (!this.#drives(frame)) return;
        this.#arrival.loaded(this.#host.nowMs());
        return this.#tellPage();
      case 'bridge':
        return void this.#host.tabs.injectBridge(frame);
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
    const session = this.#host.session();
    const driver = session && this.#driver();
    if (!session || !driver) return;
    const timeline = followedTimeline(session);
    const server = this.#serverClock(session);
    const offset = server && Math.round(server.offsetMs / OFFSET_NEWS_MS);
    const { offsetMs } = session.settings;
    const news = JSON.stringify([timeline, offset, driver.intentsSeen, offsetMs]);
    if (news === this.#told) return;
    this.#told = news;
    driver.send({ type: 'timeline', timeline, intentsSeen: driver.intentsSeen, server, offsetMs });
  }

  /** The tab shows something that cannot be watched together: a Short, a live stream whose distance to what is being sent is not known. */
  get refused(): boolean {
    const tabId = this.#tabId();
    const kind = tabId === null ? undefined : this.#host.frames.pageOf(tabId)?.kind;
    return kind === 'refused';
  }

  /** A film plays on the site, and we do not know it. */
  get unrecognised(): boolean {
    const tabId = this.#tabId();
    return tabId !== null && this.#host.frames.unrecognised(tabId);
  }

  get overlayOn(): boolean {
    return this.#overlayOn;
  }

  /** Whether the party is to be seen over the film. */
  showOverlay(on: boolean): void {
    this.#overlayOn = on;
    const tabId = this.#tabId();
    if (tabId !== null) this.#host.frames.showOverlay(tabId, on);
    this.#host.changed();
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
    if (tabId !== null) this.#host.frames.overlayAct(tabId, act);
  }

  /** Whether the person is to be asked if the tab goes to what the room watches. */
  asksToCome(asks: boolean): void {
    this.comes = asks;
    this.#host.changed();
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
    const told = tabId === null ? null : this.#host.frames.pageOf(tabId);
    const driver = this.#driver();
    // A page's own script knows by itself how long its video is, and whether it is still the one before.
    const ofFrame = driver !== null && driver.frameId !== 0;
    const named = told && roomContent(told, ofFrame ? driver.durationSec : null);
    const content = ofFrame ? this.#arrival.contentNow(named, this.#host.nowMs()) : named;
    const page = content && { content, hasVideo: driver !== null };
    this.#host.dispatch({ type: 'page', page });
    if (!page?.hasVideo)
      this.#host.dispatch({ type: 'report', report: { state: this.#stateOf('no_video') } });
  }

  #adEnd(interruption: Interruption | null): { adEndsAtMs?: number } {
    const session = this.#host.session();
    const serverMs = session && serverNowMs(session, this.#host.nowMs());
    if (interruption?.kind !== 'ad' || interruption.leftSec === null || serverMs === null) return {};
    return { adEndsAtMs: Math.round(serverMs + interruption.leftSec * 1000) };
  }

  /** Somebody whose tab shows something else is away, whatever that player does. */
  #stateOf(state: OwnMemberState): OwnMemberState {
    const session = this.#host.session();
    if (!session) return state;
    const { content } = session.playback;
    const elsewhere = content && session.tab.page?.content.contentId !== content.contentId;
    if (session.navigation.pending && (elsewhere || state === 'no_video')) return 'coming';
    return elsewhere ? 'away' : state;
  }

  /** Also for a tab that is only looked into: it may take part a moment later. */
  answerClock(frame: FrameHandle, t1Ms: number): void {
    const t2Ms = this.#host.nowMs();
    const session = this.#host.session();
    const server = session && this.#serverClock(session);
    frame.send({ type: 'clock', t1Ms, t2Ms, t3Ms: this.#host.nowMs(), server });
  }

  #serverClock(session: Session) {
    const clock = serverClock(session, this.#host.nowMs());
    return clock && { offsetMs: clock.offsetMs, boundMs: clock.boundMs };
  }

  #tabId(): number | null {
    return this.#host.session()?.tab.tabId ?? null;
  }

  #driver(): FrameHandle | null {
    const tabId = this.#tabId();
    return tabId === null ? null : this.#host.frames.driver(tabId);
  }

  #drives(frame: FrameHandle): boolean {
    return this.#driver()?.key === frame.key;
  }
}

/** @param frameSec The length of the video where it is in a frame of the page, which does not know it. */
function roomContent({ content }: TabPage, frameSec: number | null): Page['content'] | null {
  if (!content) return null;
  const { contentId, ...meta } = content;
  const durationSec = meta.durationSec ?? frameSec;
  return { contentId, meta: { ...meta, ...(durationSec !== null && { durationSec }) } };
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
