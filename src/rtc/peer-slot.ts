import { connectionQuality } from './link-meter.ts';
import { PendingOffer } from './pending-offer.ts';
import { LinkMeter, type LinkSample } from './link-meter.ts';
import { isPolite, resolveSignal, type Verdict } from './negotiation.ts';
import { Throttle } from './throttle.ts';
import { CONNECT_TIMEOUT_MS, connectTimeoutMs } from './connect-timeout.ts';
import { PeerLink } from './peer-link.ts';
import { readSignal, writeSignal, type Signal } from './signal.ts';
import type { Timing } from './timing.ts';
import type { PeerReport, Tracks, TransportEvents } from './transport.ts';

/** Who comes later offers, and who was asked to; if nothing came by then, something got lost on the way. */
const OFFER_TIMEOUT_MS = 1000;
/** ICE mends a short break by itself. */
const ICE_RESTART_MS = 1500;
/** Signals of a connection that is gone arrive soon after its end, or never. */
const MAX_CLOSED_IDS = 32;
const NO_TRACKS: Tracks = { audio: null, video: null };

/** What the places of one mesh share. */
export interface SlotDeps {
  myUserId: string;
  events: TransportEvents;
  timing: Timing;
  /** Throws where the browser cannot make another connection. */
  connect: () => RTCPeerConnection;
  localTracks: () => Tracks;
  speaking: () => boolean | null;
  /** There are more receivers than before. */
  onLinkAdded: () => void;
  /** How many connections to others are being made, and how many others are in the call. */
  otherPeers: (userId: string) => { beingMade: number; all: number };
}

/** The place of one peer of the call: the connection to it, and what has another one made. */
export class PeerSlot {
  /** See `PeerInCall`. */
  guest = false;
  readonly #userId: string;
  readonly #deps: SlotDeps;
  readonly #throttle: Throttle;
  /** Of the other side, while it has to wait its turn. */
  readonly #pending = new PendingOffer<Signal>();
  #link: PeerLink | null = null;
  /** The one before, until the next has said its part: to close one keeps a busy computer from that for a while. */
  #previous: PeerLink | null = null;
  /** Connections of that peer that are gone. */
  readonly #closedIds = new Set<string>();
  #meter: LinkMeter | null = null;
  /** Once it was, its being made is a mending. */
  #wasConnected = false;
  /** How many in a row were not made in time. */
  #failedAttempts = 0;
  #shownPx = 180;
  #cancelScheduled: (() => void) | null = null;

  constructor(userId: string, edges: SlotDeps) {
    this.#userId = userId;
    this.#deps = edges;
    this.#throttle = new Throttle(edges.timing);
  }

  get link(): PeerLink | null {
    return this.#link;
  }

  get isConnected(): boolean {
    return this.#link?.pc.connectionState === 'connected';
  }

  setShownPx(shownPx: number): void {
    this.#shownPx = shownPx;
    this.#link?.setShownPx(shownPx);
  }

  /** Offers from nothing. To a guest nothing is offered: it has gone, or offers again. */
  offer(): void {
    if (this.guest) this.close();
    else if (this.#throttle.isWaiting) this.#offerUnlessConnected();
    else this.#throttle.run(() => this.#createLink({}, (link) => link.offer()));
  }

  /** Leaves it to the other to offer, for a moment. */
  expectOffer(): void {
    if (!this.#link) this.#schedule(OFFER_TIMEOUT_MS, () => this.#link ?? this.offer());
  }

  receive(kind: Signal['kind'], data: unknown): void {
    const signal = readSignal(kind, data);
    if (!signal) return;
    if (signal.kind === 'offer_request') {
      this.#pending.take();
      if (!this.guest) this.#throttle.run(() => this.#createLink({ asked: true }, (link) => link.offer()));
      return;
    }
    const verdict = this.#resolve(signal);
    const isOfEarly = verdict === 'drop' || (signal.from === undefined && !this.#pending.isEmpty);
    if (signal.kind === 'ice' && isOfEarly) this.#pending.keep(signal);
    else if (signal.kind !== 'offer') this.#apply(verdict, signal);
    else if (verdict !== 'drop') {
      // To take an offer is work and another word to its sender, whose own pace is nothing to go by.
      this.#pending.keep(signal);
      this.#throttle.run(() => this.#applyPending());
    }
  }

  /** Looks for another way without touching what goes by the one there is. */
  restartIce(): void {
    const link = this.#link;
    if (!link?.remoteId) return;
    link.offer(true);
    this.#offerUnlessConnected();
  }

  /** The server can be reached again. */
  signalingRestored(): void {
    // What came of nothing while no signal passed says nothing of how busy anybody is.
    this.#failedAttempts = 0;
    if (this.#link && !this.isConnected) this.offer();
  }

  async sample(): Promise<LinkSample | null> {
    const seen = this.#link && this.#meter ? await this.#meter.sample() : null;
    if (seen && this.#link) this.#report(seen);
    return seen;
  }

  /** Whatever goes to this peer ends. */
  close(): void {
    this.#throttle.cancel();
    this.#pending.take();
    this.#retireLink();
    this.#closePrevious();
    this.#deps.events.tracks(this.#userId, null);
  }

  #resolve(signal: Signal): Verdict {
    const standing = this.#link && { ...this.#link.negotiationState, closedIds: this.#closedIds };
    return resolveSignal(standing, this.#isPolite, signal);
  }

  get #isPolite(): boolean {
    return isPolite(this.#deps.myUserId, this.#userId);
  }

  #applyPending(): void {
    const [offer, ...candidates] = this.#pending.take();
    if (!offer) return;
    const own = candidates.filter(({ from }) => (from ?? offer.from) === offer.from);
    // Since it came, this side may have begun something itself.
    this.#apply(this.#resolve(offer), offer, own);
    // It may have taken the place of an offer of this side's.
    if (!this.#cancelScheduled && !this.isConnected) this.#offerUnlessConnected();
  }

  #apply(verdict: Verdict, signal: Signal, candidates: readonly Signal[] = []): void {
    const take = (link: PeerLink) => [signal, ...candidates].forEach((each) => link.applySignal(each));
    if (verdict === 'reset') this.#createLink({ answers: true }, take);
    else if (verdict === 'resend_offer') this.#link?.resendOffer();
    else if (verdict === 'apply' && this.#link) take(this.#link);
  }

  #createLink(how: { answers?: boolean; asked?: boolean }, then: (link: PeerLink) => void): void {
    const { answers = false, asked = false } = how;
    const { events, timing, localTracks, speaking, onLinkAdded, otherPeers } = this.#deps;
    this.#retireLink();
    events.tracks(this.#userId, NO_TRACKS);
    const { beingMade, all } = otherPeers(this.#userId);
    const patienceMs = connectTimeoutMs({
      answers,
      others: answers ? all : beingMade,
      failedAttempts: this.#failedAttempts,
    });
    const pc = this.#newPeerConnection();
    if (!pc) {
      this.#closePrevious();
      this.#failedAttempts += 1;
      this.#schedule(patienceMs, () => this.#createLink(how, then));
      return;
    }
    const link: PeerLink = new PeerLink(
      pc,
      localTracks(),
      this.#eventsOf(() => link),
      timing,
      asked,
    );
    link.setShownPx(this.#shownPx);
    link.setSpeaking(speaking());
    this.#link = link;
    this.#meter = new LinkMeter(pc);
    onLinkAdded();
    this.#schedule(patienceMs, () => {
      this.#failedAttempts += 1;
      this.offer();
    });
    then(link);
  }

  /** `null` where the browser has no more of them. */
  #newPeerConnection(): RTCPeerConnection | null {
    try {
      return this.#deps.connect();
    } catch {
      this.#deps.events.report(this.#userId, { health: 'unable', rttMs: null });
      return null;
    }
  }

  #eventsOf(link: () => PeerLink): ConstructorParameters<typeof PeerLink>[2] {
    const { events } = this.#deps;
    const ifCurrent = (then: () => void) => {
      if (this.#link !== null && this.#link === link()) then();
    };
    return {
      send: (signal) =>
        ifCurrent(() => {
          events.signal(this.#userId, signal.kind, writeSignal(signal));
          if (signal.kind !== 'ice') this.#closePrevious();
        }),
      tracks: (theirs) => ifCurrent(() => events.tracks(this.#userId, theirs)),
      state: (state) => ifCurrent(() => this.#onStateChange(state)),
      outOfStep: () => ifCurrent(() => this.offer()),
    };
  }

  #onStateChange(state: RTCPeerConnectionState): void {
    this.#wasConnected ||= state === 'connected';
    this.#report({ health: connectionQuality({ state, rttMs: null, lossPart: null }), rttMs: null });
    const mend = () => this.restartIce();
    if (state === 'connected') {
      this.#schedule(null);
      this.#failedAttempts = 0;
    }
    // Both would mend at once; the polite one leaves it to the other for a moment.
    else if (state === 'failed') this.#schedule(this.#isPolite ? ICE_RESTART_MS : 0, mend);
    else if (state === 'disconnected') this.#schedule(ICE_RESTART_MS * (this.#isPolite ? 2 : 1), mend);
    else if (state === 'closed') this.#schedule(OFFER_TIMEOUT_MS, () => this.offer());
  }

  #report({ health, rttMs }: PeerReport): void {
    const told = health === 'connecting' && this.#wasConnected ? 'lost' : health;
    this.#deps.events.report(this.#userId, { health: told, rttMs });
  }

  #retireLink(): void {
    this.#schedule(null);
    const link = this.#link;
    if (!link) return;
    if (link.remoteId !== null) {
      this.#closedIds.add(link.remoteId);
      const [oldest] = this.#closedIds;
      if (oldest !== undefined && this.#closedIds.size > MAX_CLOSED_IDS) this.#closedIds.delete(oldest);
    }
    this.#closePrevious();
    this.#previous = link;
    this.#link = this.#meter = null;
    this.#deps.events.tracks(this.#userId, null);
  }

  #closePrevious(): void {
    this.#previous?.close();
    this.#previous = null;
  }

  #offerUnlessConnected(): void {
    this.#schedule(CONNECT_TIMEOUT_MS, () => this.isConnected || this.offer());
  }

  /** One thing at a time is waited for; `null` for nothing any more. */
  #schedule(delayMs: number | null, run: () => unknown = () => undefined): void {
    this.#cancelScheduled?.();
    this.#cancelScheduled = null;
    if (delayMs === null) return;
    this.#cancelScheduled = this.#deps.timing.after(delayMs, () => {
      this.#cancelScheduled = null;
      run();
    });
  }
}
