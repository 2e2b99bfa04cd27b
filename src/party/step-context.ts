import { encode, type ClientMessage, type ClientPayload, type ClientType } from '../protocol/index.ts';
import type { CallEvent } from './call-event.ts';
import { isSameKind } from './request-kind.ts';
import { serverNowMs } from './session-queries.ts';
import type { Request, RequestKind, SentRequest, Session } from './session.ts';

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
  | 'expire'
  | 'call_page'
  | 'relay'
  | 'send_media'
  | 'get_ice'
  | 'navigation';

/** What the session asks of the background, which carries it out (src/background/session-runner.ts). */
export type Effect =
  | { type: 'connect'; url: string }
  | { type: 'disconnect' }
  | { type: 'send'; text: string }
  /** Sets the timer of that name; `null` clears it. */
  | { type: 'timer'; name: TimerName; delayMs: number | null }
  /** Brings the party's tab to that address. */
  | { type: 'go_to'; url: string }
  /** The tab's player reports its whole state as an intent; `onlyPlaying`: once it plays, unless the room has a state by then. */
  | { type: 'publish_state'; onlyPlaying: boolean }
  /** For the page that holds the call. */
  | { type: 'call'; event: CallEvent };

/** Decides by addresses which site they belong to, since metadata of other members prove nothing. */
export interface Sites {
  /** True if a visitor who goes from one http(s) address to the other stays on one site. */
  sameSite: (from: string, to: string) => boolean;
  /** Where a tab that shows `here` must go for the content `there`; null unless the address itself is that content's page. */
  filmAddress: (there: LocatedContent, here: LocatedContent) => string | null;
}
export interface LocatedContent {
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

/** One step of the session while it is computed. It is pure from outside, since nothing else holds it. */
export class StepContext {
  session: Session;
  readonly effects: Effect[] = [];
  readonly env: Env;

  constructor(session: Session, env: Env) {
    this.session = session;
    this.env = env;
  }

  get roomId(): string {
    return this.session.identity.roomId;
  }

  get isOnline(): boolean {
    return this.session.connection.phase === 'online';
  }

  serverHas(cap: Session['connection']['serverCaps'][number]): boolean {
    return this.session.connection.serverCaps.includes(cap);
  }

  /** The server's time, ms; `null` before its first stamp. */
  get serverNowMs(): number | null {
    return serverNowMs(this.session, this.env.nowMs);
  }

  update<Group extends keyof Session>(group: Group, patch: Partial<Session[Group]>): void {
    this.session = { ...this.session, [group]: { ...this.session[group], ...patch } };
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

  /** Sends with a request id and remembers what the reply will be about. */
  request<T extends ClientType>(
    type: T,
    payload: ClientPayload<T>,
    kind: RequestKind = { kind: 'other' },
    requestId = this.env.newId(),
  ): void {
    this.repeat({ ...kind, message: { type, requestId, payload } as ClientMessage }, requestId);
  }

  /** Sends a request under another id. Drops one of its kind that waits to be sent again. */
  repeat(request: Request, requestId = this.env.newId()): void {
    const { requests, refused } = this.session.connection;
    const message = { ...request.message, requestId };
    this.update('connection', {
      requests: { ...requests, [requestId]: { ...request, message, sentAtMs: this.env.nowMs } },
      refused: refused.filter((older) => !isSameKind(older.message, message)),
    });
    this.#push(message);
  }

  /** Takes out the request that the server replies to. */
  takeRequest(requestId: string): SentRequest | undefined {
    const { [requestId]: request, ...requests } = this.session.connection.requests;
    // A server may reply to "__proto__".
    if (!request || !Object.hasOwn(this.session.connection.requests, requestId)) return undefined;
    this.update('connection', { requests });
    return request;
  }

  // The pairing of type and payload is checked where the two come in; TypeScript cannot carry it into the union.
  #push(message: ClientMessage): void {
    this.do({ type: 'send', text: encode(message) });
  }
}
