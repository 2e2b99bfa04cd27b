import { Throttle, type After } from '../messaging/throttle.ts';
import {
  restoreSession,
  saveSession,
  startSession,
  type CallEvent,
  type Effect,
  type Env,
  type SavedSession,
  type Session,
  type SessionEvent,
  type SessionStart,
  type step,
  type TimerName,
} from '../party/index.ts';
import { contentAddress, sameSite } from '../sites/content-address.ts';
import { ServerSocket, type RawSocket } from './socket.ts';

export interface RunnerHost extends Omit<Env, 'nowMs' | 'wallMs' | 'sites'> {
  /** A monotonic clock, ms; each life of the background has its own. */
  nowMs: () => number;
  /** As `Date.now()`. */
  wallMs: () => number;
  after: After;
  openSocket: (url: string) => RawSocket;
  /** The session's transition. */
  step: typeof step;
  load: () => Promise<SavedSession | null>;
  store: (saved: SavedSession | null) => Promise<void>;
  /** The session is another one than before. */
  changed: (session: Session | null, before: Session | null) => void;
  /** The tab's player is to tell its whole state, or only if it plays. */
  offer: (onlyPlaying: boolean) => void;
  /** The party's tab is to go there. */
  goTo: (url: string) => void;
  /** For the page that holds the call. */
  call: (news: CallEvent) => void;
  log: (message: string) => void;
}

/** What a death of the background may cost at most; it is taken for idle after half a minute (src/background/keep-awake.ts). */
const STORE_EVERY_MS = 100;

/** Does what the session wants done, and keeps it where it survives the background's death. */
export class SessionRunner {
  #session: Session | null = null;
  readonly #host: RunnerHost;
  readonly #storing: Throttle;
  /** What takes each timer back. */
  readonly #timers = new Map<TimerName, () => void>();
  readonly #socket: ServerSocket;
  /** Settles when a party of the background's former life has been taken up again. */
  readonly ready: Promise<void>;

  constructor(host: RunnerHost) {
    this.#host = host;
    this.#socket = new ServerSocket(host.openSocket, {
      message: (message) => this.dispatch({ type: 'message', message }),
      closed: (code) => this.dispatch({ type: 'closed', code }),
      refused: (why) => host.log(`frame refused: ${why}`),
    });
    this.#storing = new Throttle(() => this.#store(), STORE_EVERY_MS, host.after);
    this.ready = this.#restore();
  }

  get session(): Session | null {
    return this.#session;
  }

  begin(start: SessionStart): void {
    this.end();
    this.#replace(startSession(start));
    this.dispatch({ type: 'begin' });
  }

  end(): void {
    if (!this.#session) return;
    this.dispatch({ type: 'leave' });
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#replace(null);
    this.keep();
  }

  /** What has happened so far outlives the background from now on: a person's act is not lost with it. */
  keep(): void {
    this.#storing.flush();
  }

  dispatch(event: SessionEvent): void {
    if (!this.#session) return;
    const { nowMs, wallMs, random, newId, step } = this.#host;
    const env = {
      nowMs: nowMs(),
      wallMs: wallMs(),
      random,
      newId,
      sites: { filmAddress: contentAddress, sameSite },
    };
    const { session, effects } = step(this.#session, event, env);
    this.#replace(session);
    for (const effect of effects) this.#do(effect);
  }

  async #restore(): Promise<void> {
    const saved = await this.#host.load();
    if (!saved) return;
    this.#replace(restoreSession(saved, this.#host.nowMs(), this.#host.wallMs()));
    this.dispatch({ type: 'begin' });
  }

  #replace(session: Session | null): void {
    const before = this.#session;
    if (session === before) return;
    this.#session = session;
    this.#storing.ask();
    try {
      this.#host.changed(session, before);
    } catch (error) {
      // Of what others say something may be beyond telling; what the session wants done is done all the same.
      this.#host.log(`not told: ${String(error)}`);
    }
  }

  /** The whole of it each time, so others must not be able to have it stored as often as they like. */
  #store(): void {
    const session = this.#session;
    const saved = session && saveSession(session, this.#host.nowMs(), this.#host.wallMs());
    this.#host.store(saved).catch((error: unknown) => this.#host.log(`not stored: ${String(error)}`));
  }

  #do(effect: Effect): void {
    switch (effect.type) {
      case 'connect':
        return this.#socket.connect(effect.url);
      case 'disconnect':
        return this.#socket.close();
      case 'send':
        return this.#socket.send(effect.text);
      case 'publish_state':
        return this.#host.offer(effect.onlyPlaying);
      case 'go_to':
        return this.#host.goTo(effect.url);
      case 'call':
        return this.#host.call(effect.event);
      case 'timer':
        return this.#setTimer(effect.name, effect.delayMs);
    }
  }

  #setTimer(name: TimerName, delayMs: number | null): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
    if (delayMs === null) return;
    const fire = () => {
      this.#timers.delete(name);
      this.dispatch({ type: 'timer', name });
    };
    this.#timers.set(name, this.#host.after(delayMs, fire));
  }
}
