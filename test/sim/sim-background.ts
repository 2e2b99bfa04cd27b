import type { FromPlayer } from '../../src/messaging/player-port.ts';
import {
  followedTimeline,
  saveSession,
  savedSession,
  serverClock,
  step,
  type Effect,
  type Page,
  type SavedSession,
  type Session,
  type SessionEvent,
  type TimerName,
} from '../../src/party/index.ts';
import { filmAddress, sameSite } from '../../src/player/sites/film-address.ts';
import { decodeServerFrame, type OwnMemberState } from '../../src/protocol/index.ts';
import type { Connection } from './connection.ts';
import type { Link } from './link.ts';
import type { Port } from './port.ts';
import type { Crystal, World } from './world.ts';

const ABNORMAL = 1006;
const OFFSET_NEWS_MS = 0.2;

export interface Machine {
  name: string;
  crystal: Crystal;
  /** Its wall clock, off by hours. */
  wallMs: () => number;
  link: Link;
  /** Of a page that shows one film; `null` where the page tells what it shows. */
  contentId: string | null;
  /** Brings the tab there. */
  goTo: (url: string) => void;
  /** Events that the session is not told; empty but for calibration. */
  deafTo: (event: SessionEvent) => boolean;
}

/** One life of a background: src/background's runner and tab, without a browser. */
export class SimBackground {
  session: Session;
  /** Frames from the server. */
  framesHeard = 0;
  readonly nowMs: () => number;
  readonly #world: World;
  readonly #machine: Machine;
  readonly #timers = new Map<TimerName, () => void>();
  #socket: Connection | null = null;
  #port: Port | null = null;
  #intentsSeen = 0;
  #told = '';
  #content: Page['content'] | null;
  #driving = false;
  #dead = false;
  #ids = 0;

  constructor(world: World, machine: Machine, begin: (nowMs: number) => Session) {
    this.#world = world;
    this.#machine = machine;
    this.#content = machine.contentId === null ? null : { contentId: machine.contentId };
    // Each life's clock begins at nought.
    const clock = machine.crystal.monotonic(0);
    const bornMs = clock();
    this.nowMs = () => clock() - bornMs;
    this.session = begin(this.nowMs());
    this.dispatch({ on: 'begin' });
  }

  /** Nothing is saved at the end: what counts was stored at the last change. */
  die(): SavedSession {
    const saved: unknown = JSON.parse(
      JSON.stringify(saveSession(this.session, this.nowMs(), this.#machine.wallMs())),
    );
    this.#dead = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#socket?.hangUp();
    this.#port?.cut();
    return savedSession.parse(saved);
  }

  /** A frame of the tab connects. */
  adopt(port: Port): void {
    this.#port = port;
    this.#driving = false;
    this.#intentsSeen = 0;
    port.toBackground = (message) => this.#heard(port, message);
  }

  /** The tab's page went away; the next one says what it is. */
  left(): void {
    this.#port = null;
    this.#content = null;
    this.#driving = false;
    this.#tellPage();
  }

  dispatch(event: SessionEvent): void {
    if (this.#dead || this.#machine.deafTo(event)) return;
    const env = {
      nowMs: this.nowMs(),
      wallMs: this.#machine.wallMs(),
      random: this.#world.random.next,
      newId: () => `${this.#machine.name}-${Math.round(this.#world.nowMs * 1000)}-${++this.#ids}`,
      sites: { filmAddress, sameSite },
    };
    const before = this.session.phase;
    const { session, effects } = step(this.session, event, env);
    this.session = session;
    if (session.phase !== before) this.#world.note(this.#machine.name, `is ${session.phase}`);
    this.#tellPlayer();
    for (const effect of effects) this.#do(effect);
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case 'connect':
        return this.#connect();
      case 'disconnect': {
        const socket = this.#socket;
        this.#socket = null;
        socket?.hangUp();
        if (socket) this.dispatch({ on: 'closed', code: ABNORMAL });
        return;
      }
      case 'send':
        return this.#socket?.say(effect.text);
      case 'offer':
        this.#tellPlayer();
        return this.#port?.sendToFrame({ type: 'offer', onlyPlaying: effect.onlyPlaying });
      case 'go_to':
        return this.#machine.goTo(effect.url);
      case 'timer': {
        const { name, delayMs } = effect;
        this.#timers.get(name)?.();
        this.#timers.delete(name);
        if (delayMs === null) return;
        this.#timers.set(
          name,
          this.#world.after(delayMs, () => this.dispatch({ on: 'timer', name })),
        );
      }
    }
  }

  #connect(): void {
    this.#socket?.hangUp();
    const socket = this.#machine.link.connect({
      message: (text) => {
        this.framesHeard += 1;
        const decoded = decodeServerFrame(text);
        if (!decoded.ok)
          throw new Error(`the server told what is off the protocol: ${decoded.error.message}`);
        this.dispatch({ on: 'message', message: decoded.message });
      },
      closed: (code) => {
        this.#socket = null;
        this.dispatch({ on: 'closed', code });
      },
    });
    this.#socket = socket;
  }

  #heard(port: Port, message: FromPlayer): void {
    switch (message.type) {
      case 'page': {
        const { contentId, ...meta } = message.content ?? {};
        this.#content = contentId === undefined ? null : { contentId, meta };
        this.#told = '';
        this.#tellPage();
        return this.#tellPlayer();
      }
      case 'film': {
        const drives = message.score > 0;
        if (drives !== this.#driving) port.sendToFrame({ type: 'drive', on: drives, ads: [] });
        this.#driving = drives;
        this.#told = '';
        this.#tellPage();
        return this.#tellPlayer();
      }
      case 'intent':
        if (!this.#driving) return;
        this.#intentsSeen += 1;
        this.dispatch({ on: 'act', intent: message.intent });
        this.#told = '';
        return this.#tellPlayer();
      case 'status': {
        if (!this.#driving) return;
        const { driftMs, boundMs } = message;
        const figures = driftMs !== null && boundMs !== null ? { driftMs, boundMs } : {};
        const state = this.#stateOf(message.state);
        return this.dispatch({ on: 'report', report: { state, ...figures } });
      }
      case 'prepared':
        return this.dispatch({ on: 'prepared', seq: message.seq });
      case 'clock': {
        const stamp = this.nowMs();
        port.sendToFrame({
          type: 'clock',
          t1Ms: message.t1Ms,
          t2Ms: stamp,
          t3Ms: stamp,
          server: this.#server(),
        });
        return;
      }
      default:
        return;
    }
  }

  #tellPage(): void {
    const page = this.#content && { content: this.#content, hasFilm: this.#driving };
    this.dispatch({ on: 'page', page });
    if (!this.#driving) this.dispatch({ on: 'report', report: { state: this.#stateOf('no_video') } });
  }

  #stateOf(state: OwnMemberState): OwnMemberState {
    const { content, page, along } = this.session;
    const elsewhere = content && page?.content.contentId !== content.contentId;
    if (along && (elsewhere || state === 'no_video')) return 'coming';
    return elsewhere ? 'away' : state;
  }

  #tellPlayer(): void {
    if (!this.#port || !this.#driving) return;
    const timeline = followedTimeline(this.session);
    const server = this.#server();
    const offset = server && Math.round(server.offsetMs / OFFSET_NEWS_MS);
    const { offsetMs } = this.session;
    const news = JSON.stringify([timeline, offset, this.#intentsSeen, offsetMs]);
    if (news === this.#told) return;
    this.#told = news;
    this.#port.sendToFrame({
      type: 'timeline',
      timeline,
      intentsSeen: this.#intentsSeen,
      server,
      offsetMs,
    });
  }

  #server() {
    const clock = serverClock(this.session, this.nowMs());
    return clock && { offsetMs: clock.offsetMs, boundMs: clock.boundMs };
  }
}
