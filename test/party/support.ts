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

/** A session driven by hand. Its effects are kept until a test takes them. */
export class Driver {
  session: Session;
  nowMs = 1000;
  /** How long its monotonic clock has stood still. */
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

  receive<T extends ServerType>(type: T, payload: ServerPayload<T>): this {
    // The pairing of type and payload is checked above; TypeScript cannot carry it into the union.
    return this.on({ type: 'message', message: { type, payload } } as SessionEvent);
  }

  /** Takes the types of its effects, without the timers. */
  effectTypes(): string[] {
    return this.#effects.splice(0).flatMap((effect) => (effect.type === 'timer' ? [] : [effect.type]));
  }

  /** Takes the addresses that it sent its tab to. */
  navigations(): string[] {
    return this.#effects.splice(0).flatMap((effect) => (effect.type === 'go_to' ? [effect.url] : []));
  }

  /** Takes the requests for its player's state. */
  publishEffects(): Effect[] {
    return this.#effects.splice(0).filter((effect) => effect.type === 'publish_state');
  }

  /** Takes the events for the page of the call. */
  callEvents(): CallEvent[] {
    return this.#effects.splice(0).flatMap((effect) => (effect.type === 'call' ? [effect.event] : []));
  }

  /** Takes the messages that it sent. */
  sent(): ClientMessage[] {
    return this.#effects.splice(0).flatMap((effect) => {
      if (effect.type !== 'send') return [];
      const decoded = decodeClientFrame(effect.text);
      if (!decoded.ok) throw new Error(decoded.error.message);
      return [decoded.message];
    });
  }

  /** Takes the messages that it sent and returns the only one of that type. */
  sentOne<T extends ClientType>(type: T): { requestId: string; payload: ClientPayload<T> } {
    const [only, second] = this.sent().filter((message) => message.type === type);
    if (!only || second) throw new Error(`not one ${type}`);
    return { requestId: only.requestId ?? '', payload: only.payload as ClientPayload<T> };
  }

  types(): string[] {
    return this.sent().map(({ type }) => type);
  }

  ack(requestId: string): this {
    return this.receive('ack', { requestId });
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

/** Completes the join at a server with these caps, and takes all effects. */
export function completeJoin(driver: Driver, joined = joinedPayload, caps: readonly string[] = CAPS): Driver {
  driver.receive('server/hello', { v: 1, nowMs: 5_000_000, ...(caps.length > 0 && { caps: [...caps] }) });
  const { requestId } = driver.sentOne('room/join');
  driver.receive('room/joined', joined).ack(requestId);
  return driver;
}

export function online(joined = joinedPayload, caps: readonly string[] = CAPS): Driver {
  const driver = completeJoin(new Driver().on({ type: 'begin' }), joined, caps);
  driver.effectTypes();
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

/** An online session whose tab shows the room's video. */
export function watching(caps: readonly string[] = CAPS): Driver {
  const driver = online(joinedPayload, caps);
  driver.receive('watch/content', { roomId: ROOM, contentId: FILM, fromUserId: 'bob' });
  driver.receive('watch/playback_state', playback(caps.length > 0 ? 4 : undefined));
  driver.on({ type: 'page', page: { content: { contentId: FILM }, hasVideo: true } });
  driver.effectTypes();
  return driver;
}

export const pause: SessionEvent = {
  type: 'act',
  intent: { act: 'pause', playing: false, positionSec: 61, rate: 1, atServerMs: 5_001_000 },
};
