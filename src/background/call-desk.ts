import { fromCall, type FromCall, type ToCall } from '../messaging/call-port.ts';
import { post, type RuntimePort } from '../messaging/runtime-port.ts';
import { byPresence, type CallEvent, type Session, type SessionEvent } from '../party/index.ts';
import { tellApart } from '../protocol/index.ts';
import { PendingSignals } from '../rtc/pending-signals.ts';
import { OFFER_REQUEST } from '../rtc/signal.ts';

export interface CallDeskEdges {
  session: () => Session | null;
  dispatch: (event: SessionEvent) => void;
  /** Makes the film of the party's tab quieter, or as loud as it was. */
  duck: (level: number) => void;
  /** For the page that captures where the overlay may not. */
  capture: (word: Record<string, unknown> | null) => void;
  askPermission: () => void;
  /** Monotonic. */
  nowMs: () => number;
}

type IceTold = Extract<CallEvent, { type: 'ice_servers' }>;
type Relay = Extract<CallEvent, { type: 'relay' }>;

/** A page that can hold the call: an overlay of the party's tab, or a panel beside the page. */
interface CallPage {
  port: RuntimePort;
  isPanel: boolean;
}

/** Credentials that end sooner are not worth beginning with. */
const LEAST_LEFT_MS = 60_000;
/** Whose offer has not come by then has not heard that it was asked. */
const ASKED_FOR_MS = 5000;
const NOBODY_ASKED = { userIds: new Set<string>(), atMs: -Infinity };

/** Between the session and the one page that holds the call. */
export class CallDesk {
  readonly #edges: CallDeskEdges;
  /** In the order in which they came. */
  #pages: CallPage[] = [];
  #holder: CallPage | null = null;
  #told = '';
  /** What the server told last of how to connect, and when. */
  #ice: { told: IceTold; atMs: number } | null = null;
  /** What the others of the call say while its page is being loaded anew. */
  readonly #early = new PendingSignals<Relay>();
  /** Who was asked last to offer to the next page, and when. */
  #asked = NOBODY_ASKED;

  constructor(edges: CallDeskEdges) {
    this.#edges = edges;
  }

  /**
   * Takes the port of an overlay of that tab. The latest holds the call: a site may have drawn its page anew, or a window of
   * its own was opened. When that is closed, the one before has the call again.
   */
  admit(port: RuntimePort, tabId: number): void {
    if (tabId === this.#edges.session()?.tab.tabId) this.#add({ port, isPanel: false });
    else port.disconnect();
  }

  /** Takes the port of a panel: it holds the call whatever comes and goes in the tab, and waits while there is no party. */
  admitPanel(port: RuntimePort): void {
    this.#add({ port, isPanel: true });
  }

  /** A party began or ended, or is in another tab. */
  partyMoved(): void {
    this.#ice = null;
    this.#asked = NOBODY_ASKED;
    this.#early.take();
    for (const { port, isPanel } of this.#pages) {
      if (isPanel) continue;
      // A page that a site keeps in place is to let go of the camera all the same.
      send(port, { type: 'ended' });
      port.disconnect();
    }
    this.#pages = this.#pages.filter(({ isPanel }) => isPanel);
    // The session tells of its change, and can be told nothing until it has.
    queueMicrotask(() => this.#choose());
  }

  #add(page: CallPage): void {
    const { port } = page;
    this.#pages.push(page);
    port.onMessage.addListener((raw: unknown) => {
      if (this.#holder !== page) return;
      const parsed = fromCall.safeParse(raw);
      if (parsed.success) this.#heard(parsed.data);
    });
    port.onDisconnect.addListener(() => {
      this.#pages = this.#pages.filter((each) => each !== page);
      this.#choose();
    });
    this.#choose();
    if (this.#holder && this.#holder !== page) send(port, { type: 'taken' });
  }

  #choose(): void {
    const next = this.#chosen();
    const before = this.#holder;
    if (next === before) return;
    if (before) this.#takeFrom(before, next ? 'taken' : 'ended');
    this.#holder = next;
    this.#told = '';
    this.#edges.dispatch({ type: 'call_page', here: next !== null });
    if (next === null) this.#askToBeCalled();
    this.tellRoster();
    if (next) for (const relay of this.#early.take()) send(next.port, relay as ToCall);
    // It will ask, but need not wait for that; with what it is told it begins.
    if (this.#edges.session()?.call.media.inCall) this.#tellKnownIce();
  }

  /** The page that is to hold the call; none where this person has no party, or is out of it. */
  #chosen(): CallPage | null {
    const session = this.#edges.session();
    if (!session || session.connection.phase === 'stopped') return null;
    return this.#pages.findLast(({ isPanel }) => isPanel) ?? this.#pages.at(-1) ?? null;
  }

  #takeFrom(page: CallPage, why: 'taken' | 'ended'): void {
    if (this.#pages.includes(page)) send(page.port, { type: why });
    this.#edges.duck(1);
    this.#edges.capture(null);
  }

  /** The next page of the site takes its time: until it is there, the others can do their part. */
  #askToBeCalled(): void {
    const session = this.#edges.session();
    if (!session?.call.media.inCall) return;
    this.#asked = { userIds: new Set(), atMs: this.#edges.nowMs() };
    for (const { userId, media } of session.room.peers) {
      // Who never told what it has on is no client of ours.
      if (!media?.inCall) continue;
      this.#asked.userIds.add(userId);
      this.#edges.dispatch({
        type: 'relay',
        toUserId: userId,
        relayed: { kind: 'ice', data: OFFER_REQUEST },
      });
    }
  }

  /** Tells the page who is in the call, if that is news. */
  tellRoster(): void {
    const session = this.#edges.session();
    if (!session || session.connection.phase === 'stopped') return;
    // After a party that had ended for this person goes on; the session can be told nothing until it has told of that.
    if (!this.#holder) {
      if (this.#chosen()) queueMicrotask(() => this.#choose());
      return;
    }
    const { roomId, me } = session.identity;
    const { media } = session.call;
    const asked = this.#edges.nowMs() - this.#asked.atMs < ASKED_FOR_MS ? this.#asked.userIds : null;
    const nameOf = tellApart(byPresence(session));
    const peers = session.room.peers.map(({ userId, displayName, media: on, letIn }) => ({
      userId,
      displayName: nameOf({ userId, displayName }),
      ...(on && { media: on }),
      ...(asked?.has(userId) && { asked: true }),
      ...(letIn !== undefined && { letIn }),
    }));
    // Before the others have been told anew that this person is in the call, they would not answer.
    const roster: ToCall = {
      type: 'roster',
      roomId,
      me,
      media,
      peers,
      online: session.connection.joinComplete,
    };
    const news = JSON.stringify(roster);
    if (news === this.#told) return;
    this.#told = news;
    send(this.#holder.port, roster);
  }

  tell(news: CallEvent): void {
    if (news.type === 'ended') return this.#ended();
    if (news.type === 'ice_servers') this.#ice = { told: news, atMs: this.#edges.nowMs() };
    // What relays carry was bounded at the socket; the page parses it again.
    if (this.#holder) send(this.#holder.port, news as ToCall);
    else if (news.type === 'relay' && this.#isInCall(news.fromUserId)) this.#early.keep(news);
  }

  /** This person is out of the party: whoever holds the call gives camera and microphone back. */
  #ended(): void {
    if (this.#holder) this.#takeFrom(this.#holder, 'ended');
    this.#holder = null;
    this.#asked = NOBODY_ASKED;
    this.#early.take();
  }

  /** Whether this person and that peer are in the call together. */
  #isInCall(userId: string): boolean {
    const session = this.#edges.session();
    if (!session?.call.media.inCall) return false;
    const peer = session.room.peers.find((each) => each.userId === userId);
    return peer?.media?.inCall ?? peer?.letIn ?? false;
  }

  #tellKnownIce(): void {
    if (!this.#holder || !this.#ice) return;
    const { told, atMs } = this.#ice;
    if (told.expiresInMs === undefined) return send(this.#holder.port, told);
    const expiresInMs = told.expiresInMs - (this.#edges.nowMs() - atMs);
    if (expiresInMs > LEAST_LEFT_MS) send(this.#holder.port, { ...told, expiresInMs });
  }

  /** A word of the page that captures. */
  captured(word: Record<string, unknown>): void {
    if (this.#holder) send(this.#holder.port, { type: 'capture', word });
  }

  /** The person has been asked in a page of ours, and said yes. */
  allowed(): void {
    if (this.#holder) send(this.#holder.port, { type: 'allowed' });
  }

  /** The browser's key for the microphone was pressed: it is for the page that has it, wherever that is. */
  toggleMicrophone(): void {
    if (this.#holder) send(this.#holder.port, { type: 'toggle_microphone' });
  }

  #heard(message: FromCall): void {
    switch (message.type) {
      case 'media':
        return this.#edges.dispatch({ type: 'media', media: message.media });
      case 'relay': {
        const { toUserId, kind, data } = message;
        return this.#edges.dispatch({ type: 'relay', toUserId, relayed: { kind, data } });
      }
      case 'get_ice':
        // A page that was loaded anew begins at once with what is known, and hears of what is new.
        this.#tellKnownIce();
        return this.#edges.dispatch({ type: 'get_ice' });
      case 'duck':
        return this.#edges.duck(message.level);
      case 'capture':
        return this.#edges.capture(message.word);
      case 'let_in':
        return this.#edges.dispatch({ type: 'let_in', userId: message.userId, letIn: message.letIn });
      case 'ask_permission':
        return this.#edges.askPermission();
    }
  }
}

function send(port: RuntimePort, message: ToCall): void {
  post(port, message);
}
