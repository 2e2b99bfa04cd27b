import { encode, type ClientMessage, type ClientPayload, type ClientType } from '../protocol/index.ts';
import { estimateClock, estimateOneWay, type ClockEstimate } from '../sync/index.ts';
import type { CallNews } from './call-news.ts';
import { isOneKind } from './one-kind.ts';
import type { Request, RequestKind, Session } from './session.ts';

export type TimerName =
  | 'connect_timeout'
  | 'retry'
  | 'ping'
  | 'pong_timeout'
  | 'report'
  | 'resend_chat'
  | 'intent'
  | 'refused'
  | 'rejoin'
  | 'fade'
  | 'call_page'
  | 'relay'
  | 'tell_media'
  | 'get_ice'
  | 'along';

/** What the session wants done; the background does it (src/background/session-runner.ts). */
export type Effect =
  | { type: 'connect'; url: string }
  | { type: 'disconnect' }
  | { type: 'send'; text: string }
  /** Sets or, with `null`, clears the timer of that name. */
  | { type: 'timer'; name: TimerName; delayMs: number | null }
  /** Brings the party's tab to that address. */
  | { type: 'go_to'; url: string }
  /** The tab's player tells its whole state as an intent; `onlyPlaying`: once it plays, unless the room has a state by then. */
  | { type: 'offer'; onlyPlaying: boolean }
  /** For the page that holds the call. */
  | { type: 'call'; news: CallNews };

/** What is known of sites by their addresses: other members' words are no proof of what an address is. */
export interface Sites {
  /** Whether a visitor who goes from one http(s) address to the other stays on one site. */
  sameSite: (from: string, to: string) => boolean;
  /** Where a tab that shows `here` is to go for the film that is told; null unless the address itself is that film's page there. */
  filmAddress: (told: NamedFilm, here: NamedFilm) => string | null;
}
interface NamedFilm {
  contentId: string;
  url: string;
}

export interface Env {
  /** Monotonic, ms. */
  nowMs: number;
  /** This machine's wall clock, ms: only ever compared with itself. */
  wallMs: number;
  /** Uniform in [0, 1). */
  random: () => number;
  newId: () => string;
  sites: Sites;
}

/** One step of the session while it is being computed: pure from outside, since nothing else holds it. */
export class Turn {
  session: Session;
  readonly effects: Effect[] = [];
  readonly env: Env;

  constructor(session: Session, env: Env) {
    this.session = session;
    this.env = env;
  }

  update(patch: Partial<Session>): void {
    this.session = { ...this.session, ...patch };
  }

  do(effect: Effect): void {
    this.effects.push(effect);
  }

  timer(name: TimerName, delayMs: number | null): void {
    this.do({ type: 'timer', name, delayMs });
  }

  send<T extends ClientType>(type: T, payload: ClientPayload<T>): void {
    this.#push({ type, payload } as ClientMessage);
  }

  /** Sends with a request id and remembers what the answer will be about. */
  request<T extends ClientType>(
    type: T,
    payload: ClientPayload<T>,
    kind: RequestKind = { kind: 'other' },
    requestId = this.env.newId(),
  ): void {
    this.repeat({ ...kind, message: { type, requestId, payload } as ClientMessage }, requestId);
  }

  /** Sends a request under another id; one of its kind that waits to be sent again is needless then. */
  repeat(request: Request, requestId = this.env.newId()): void {
    const { requests, refused } = this.session;
    const message = { ...request.message, requestId };
    this.update({
      requests: { ...requests, [requestId]: { ...request, message, sentAtMs: this.env.nowMs } },
      refused: refused.filter((older) => !isOneKind(older.message, message)),
    });
    this.#push(message);
  }

  /** The request that the server answers by that id, once. */
  answered(requestId: string): (Request & { sentAtMs: number }) | undefined {
    const { [requestId]: request, ...requests } = this.session.requests;
    // A server may answer "__proto__".
    if (!request || !Object.hasOwn(this.session.requests, requestId)) return undefined;
    this.update({ requests });
    return request;
  }

  // The pairing of type and payload is checked where the two come in; TypeScript cannot carry it into the union.
  #push(message: ClientMessage): void {
    this.do({ type: 'send', text: encode(message) });
  }
}

/** The server's clock as this session knows it. */
export function serverClock(session: Session, nowMs: number): ClockEstimate | null {
  return estimateClock(session.clock, nowMs) ?? estimateOneWay(session.oneWayClock, nowMs);
}

/** The server's time, ms; without any stamp of it yet, `null`. */
export function serverNowMs(session: Session, nowMs: number): number | null {
  const clock = serverClock(session, nowMs);
  return clock && nowMs + clock.offsetMs;
}
