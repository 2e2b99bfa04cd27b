import {
  startSession,
  step,
  type CallEvent,
  type Effect,
  type Session,
  type SessionEvent,
  type SessionStart,
  type TimerName,
} from '../../src/party/index.ts';
import {
  CAPS,
  decodeClientFrame,
  type ClientMessage,
  type ClientPayload,
  type ClientType,
  type ServerPayload,
  type ServerType,
} from '../../src/protocol/index.ts';
import { contentAddress, sameSite } from '../../src/sites/content-address.ts';

export const ROOM = 'amber-otter';
export const FILM = 'https://films.example/one';
export const start: SessionStart = {
  serverUrl: 'wss://party.example',
  roomId: ROOM,
  me: { userId: 'ada', displayName: 'Ada' },
  tabId: 7,
  resumeToken: 'a-secret-of-ada-s',
  roomKey: null,
  certified: false,
  access: null,
};

/** One session driven by hand: what it does is kept until asked for. */
export class Driver {
  session: Session;
  nowMs = 1000;
  /** How long its monotonic clock stood still so far. */
  sleptMs = 0;
  random = 0.5;
  readonly timers = new Map<TimerName, number>();
  #effects: Effect[] = [];
  #ids = 0;

  constructor(session: Session = startSession(start)) {
    this.session = session;
  }

  on(event: SessionEvent): this {
    const env = {
      nowMs: this.nowMs,
      wallMs: 1e12 + this.nowMs + this.sleptMs,
      random: () => this.random,
      newId: () => `id-${++this.#ids}`,
      sites: { filmAddress: contentAddress, sameSite },
    };
    const { session, effects } = step(this.session, event, env);
    this.session = session;
    this.#effects.push(...effects);
    for (const effect of effects) {
      if (effect.type !== 'timer') continue;
      if (effect.delayMs === null) this.timers.delete(effect.name);
      else this.timers.set(effect.name, effect.delayMs);
    }
    return this;
  }

  told<T extends ServerType>(type: T, payload: ServerPayload<T>): this {
    // The pairing of type and payload is checked above; TypeScript cannot carry it into the union.
    return this.on({ type: 'message', message: { type, payload } } as SessionEvent);
  }

  /** What it did since the last look, without the timers. */
  did(): string[] {
    return this.#effects.splice(0).flatMap((effect) => (effect.type === 'timer' ? [] : [effect.type]));
  }

  /** Where it sent its tab since the last look. */
  wentTo(): string[] {
    return this.#effects.splice(0).flatMap((effect) => (effect.type === 'go_to' ? [effect.url] : []));
  }

  /** What its player was asked to tell since the last look. */
  offers(): Effect[] {
    return this.#effects.splice(0).filter((effect) => effect.type === 'publish_state');
  }

  /** What it told the page of the call since the last look. */
  news(): CallEvent[] {
    return this.#effects.splice(0).flatMap((effect) => (effect.type === 'call' ? [effect.event] : []));
  }

  /** What it sent since the last look. */
  sent(): ClientMessage[] {
    return this.#effects.splice(0).flatMap((effect) => {
      if (effect.type !== 'send') return [];
      const decoded = decodeClientFrame(effect.text);
      if (!decoded.ok) throw new Error(decoded.error.message);
      return [decoded.message];
    });
  }

  /** The one message of that type since the last look. */
  sentOne<T extends ClientType>(type: T): { requestId: string; payload: ClientPayload<T> } {
    const [only, second] = this.sent().filter((message) => message.type === type);
    if (!only || second) throw new Error(`not one ${type}`);
    return { requestId: only.requestId ?? '', payload: only.payload as ClientPayload<T> };
  }

  types(): string[] {
    return this.sent().map(({ type }) => type);
  }

  ack(requestId: string): this {
    return this.told('ack', { requestId });
  }
}

export const joinedPayload: ServerPayload<'room/joined'> = {
  roomId: ROOM,
  you: start.me,
  peers: [],
  epoch: 'epoch-1',
  resumeToken: start.resumeToken,
  hostUserId: 'ada',
  control: 'everyone',
};

/** The session that a server with these caps has greeted and let in; nothing is left to look at. */
export function settle(driver: Driver, joined = joinedPayload, caps: readonly string[] = CAPS): Driver {
  driver.told('server/hello', { v: 1, nowMs: 5_000_000, ...(caps.length > 0 && { caps: [...caps] }) });
  const { requestId } = driver.sentOne('room/join');
  driver.told('room/joined', joined).ack(requestId);
  return driver;
}

export function online(joined = joinedPayload, caps: readonly string[] = CAPS): Driver {
  const driver = settle(new Driver().on({ type: 'begin' }), joined, caps);
  driver.did();
  return driver;
}

export const playback = (
  seq: number | undefined,
  extra: Partial<ServerPayload<'watch/playback_state'>['state']> = {},
): ServerPayload<'watch/playback_state'> => ({
  roomId: ROOM,
  fromUserId: 'bob',
  serverTsMs: 5_000_000,
  state: {
    playing: true,
    positionSec: 60,
    hostTsMs: 5_000_000,
    contentId: FILM,
    ...(seq !== undefined && { seq, rate: 1 }),
    ...extra,
  },
});

/** Online, with the film on in its tab. */
export function watching(caps: readonly string[] = CAPS): Driver {
  const driver = online(joinedPayload, caps);
  driver.told('watch/content', { roomId: ROOM, contentId: FILM, fromUserId: 'bob' });
  driver.told('watch/playback_state', playback(caps.length > 0 ? 4 : undefined));
  driver.on({ type: 'page', page: { content: { contentId: FILM }, hasVideo: true } });
  driver.did();
  return driver;
}

export const pause: SessionEvent = {
  type: 'act',
  intent: { act: 'pause', playing: false, positionSec: 61, rate: 1, atServerMs: 5_001_000 },
};
