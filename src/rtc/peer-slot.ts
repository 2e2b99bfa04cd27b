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

/** Time for the newcomer, or the peer that was asked, to offer; later than that, a signal was lost. */
const OFFER_TIMEOUT_MS = 1000;
/** ICE recovers from a short interruption by itself. */
const ICE_RESTART_MS = 1500;
/** Signals of a closed connection arrive soon after its end, or never. */
const MAX_CLOSED_IDS = 32;
const NO_TRACKS: Tracks = { audio: null, video: null };

/** The dependencies shared by the slots of one mesh. */
export interface SlotDeps {
  myUserId: string;
  events: TransportEvents;
  timing: Timing;
  /** Throws if the browser cannot create another connection. */
  connect: () => RTCPeerConnection;
  localTracks: () => Tracks;
  speaking: () => boolean | null;
  /** A link was added, so there are more receivers. */
  onLinkAdded: () => void;
  /** Number of other connections in progress, and of other members of the call. */
  otherPeers: (userId: string) => { beingMade: number; all: number };
}

/** One peer's slot in the mesh: owns the connection to that peer and replaces it when it fails. */
export class PeerSlot {
  /** See `PeerInCall`. */
  guest = false;
  readonly #userId: string;
  readonly #deps: SlotDeps;
  readonly #throttle: Throttle;
  /** The peer's offer and candidates while the throttle holds them back. */
  readonly #pending = new PendingOffer<Signal>();
  #link: PeerLink | null = null;
  /**
   * The previous link, open until the new one has sent its description: closing one blocks a busy computer for a
   * while.
   */
  #previous: PeerLink | null = null;
  /** Ids of that peer's closed connections. */
  readonly #closedIds = new Set<string>();
  #meter: LinkMeter | null = null;
  /** A first connection was made, so `connecting` is reported as `lost` from then on. */
  #wasConnected = false;
  /** Number of consecutive attempts that timed out. */
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

  /** Offers a new connection. A guest gets none: it has left, or it offers again. */
  offer(): void {
    if (this.guest) this.close();
    else if (this.#throttle.isWaiting) this.#offerUnlessConnected();
    else this.#throttle.run(() => this.#createLink({}, (link) => link.offer()));
  }

  /** Waits a moment for the peer's offer. */
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
      // Throttled: each offer costs work and an answer, and the sender's own rate cannot be trusted.
      this.#pending.keep(signal);
      this.#throttle.run(() => this.#applyPending());
    }
  }

  /** Restarts ICE; media keeps flowing over the old path meanwhile. */
  restartIce(): void {
    const link = this.#link;
    if (!link?.remoteId) return;
    link.offer(true);
    this.#offerUnlessConnected();
  }

  /** See {@link CallTransport.signalingRestored}. */
  signalingRestored(): void {
    // Attempts that failed without signaling say nothing about the load of either computer.
    this.#failedAttempts = 0;
    if (this.#link && !this.isConnected) this.offer();
  }

  async sample(): Promise<LinkSample | null> {
    const seen = this.#link && this.#meter ? await this.#meter.sample() : null;
    if (seen && this.#link) this.#report(seen);
    return seen;
  }

  /** Closes all connections to this peer. */
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
    // Resolved again: since the offer came, this side may have offered itself.
    this.#apply(this.#resolve(offer), offer, own);
    // The offer may have replaced one of this side.
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

  /** `null` if the browser has no connection left. */
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
    // Both sides would restart at once, so the polite one waits a moment for the other.
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

  /** Replaces the one scheduled action; `null` schedules none. */
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
