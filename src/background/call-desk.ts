import type { Browser } from 'wxt/browser';
import { fromCall, type FromCall, type ToCall } from '../messaging/call-port.ts';
import type { CallNews, Session, SessionEvent } from '../party/index.ts';

export interface CallDeskEdges {
  session: () => Session | null;
  dispatch: (event: SessionEvent) => void;
  /** Makes the film of the party's tab quieter, or as loud as it was. */
  duck: (level: number) => void;
  /** For the page that captures where the overlay may not. */
  capture: (word: Record<string, unknown> | null) => void;
  askPermission: () => void;
}

/** Between the session and the one page that holds the call: the overlay of the party's tab. */
export class CallDesk {
  readonly #edges: CallDeskEdges;
  #page: Browser.runtime.Port | null = null;
  #before: Browser.runtime.Port[] = [];
  #told = '';

  constructor(edges: CallDeskEdges) {
    this.#edges = edges;
  }

  /**
   * Takes the port of an overlay of that tab. The latest holds the call: a site may have drawn its page anew, or a window of
   * its own was opened. When that is closed, the one before has the call again.
   */
  admit(port: Browser.runtime.Port, tabId: number): void {
    if (tabId !== this.#edges.session()?.tabId) {
      port.disconnect();
      return;
    }
    if (this.#page) {
      post(this.#page, { type: 'taken' });
      this.#before.push(this.#page);
      this.#released();
    }
    this.#page = port;
    this.#told = '';
    port.onMessage.addListener((raw: unknown) => {
      if (this.#page !== port) return;
      const parsed = fromCall.safeParse(raw);
      if (parsed.success) this.#heard(parsed.data);
    });
    port.onDisconnect.addListener(() => {
      this.#before = this.#before.filter((each) => each !== port);
      if (this.#page !== port) return;
      this.#page = this.#before.pop() ?? null;
      this.#told = '';
      this.#released();
      this.#edges.dispatch({ on: 'call_page', here: this.#page !== null });
      this.tellRoster();
    });
    this.#edges.dispatch({ on: 'call_page', here: true });
    this.tellRoster();
  }

  /** Tells the page who is in the call, if that is news. */
  tellRoster(): void {
    const session = this.#edges.session();
    if (!session || !this.#page) return;
    const { roomId, me, media, phase } = session;
    const peers = session.peers.map(({ userId, displayName, media: on }) => ({
      userId,
      displayName,
      ...(on && { media: on }),
    }));
    const roster: ToCall = { type: 'roster', roomId, me, media, peers, online: phase === 'online' };
    const news = JSON.stringify(roster);
    if (news === this.#told) return;
    this.#told = news;
    post(this.#page, roster);
  }

  tell(news: CallNews): void {
    // What relays carry was bounded at the socket; the page parses it again.
    if (this.#page) post(this.#page, news as ToCall);
  }

  /** A word of the page that captures. */
  captured(word: Record<string, unknown>): void {
    if (this.#page) post(this.#page, { type: 'capture', word });
  }

  /** The party is over, or its tab is another. */
  close(): void {
    for (const port of [...this.#before, this.#page]) port?.disconnect();
    if (this.#page) this.#released();
    this.#before = [];
    this.#page = null;
  }

  #released(): void {
    this.#edges.duck(1);
    this.#edges.capture(null);
  }

  #heard(message: FromCall): void {
    switch (message.type) {
      case 'media':
        return this.#edges.dispatch({ on: 'media', media: message.media });
      case 'relay': {
        const { toUserId, kind, data } = message;
        return this.#edges.dispatch({ on: 'relay', toUserId, relayed: { kind, data } });
      }
      case 'get_ice':
        return this.#edges.dispatch({ on: 'get_ice' });
      case 'duck':
        return this.#edges.duck(message.level);
      case 'capture':
        return this.#edges.capture(message.word);
      case 'ask_permission':
        return this.#edges.askPermission();
    }
  }
}

function post(port: Browser.runtime.Port, message: ToCall): void {
  try {
    port.postMessage(message);
  } catch {
    // The page went away between two events; its port says so by itself.
  }
}
