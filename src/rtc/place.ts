import { healthOf } from './health.ts';
import { LastOffer } from './last-offer.ts';
import { LinkMeter, type LinkLook } from './link-meter.ts';
import { isPolite, judge, type Verdict } from './negotiation.ts';
import { Pace } from './pace.ts';
import { CONNECT_WITHIN_MS, connectWithinMs } from './patience.ts';
import { PeerLink } from './peer-link.ts';
import { readSignal, writeSignal, type Signal } from './signal.ts';
import type { Timing } from './timing.ts';
import type { PeerReport, Tracks, TransportEvents } from './transport.ts';

/** Who comes later offers, and who was asked to; if nothing came by then, something got lost on the way. */
const OFFER_GRACE_MS = 1000;
/** ICE mends a short break by itself. */
const MEND_WITHIN_MS = 1500;
/** Signals of a connection that is gone arrive soon after its end, or never. */
const RETIRED_KEPT = 32;
const NOTHING_YET: Tracks = { audio: null, video: null };

/** What the places of one mesh share. */
export interface MeshEdges {
  myUserId: string;
  events: TransportEvents;
  timing: Timing;
  /** Throws where the browser cannot make another connection. */
  connect: () => RTCPeerConnection;
  mine: () => Tracks;
  speaking: () => boolean | null;
  /** There are more receivers than before. */
  grew: () => void;
  /** How many connections to others are being made, and how many others are in the call. */
  others: (userId: string) => { beingMade: number; all: number };
}

/** The place of one peer of the call: the connection to it, and what has another one made. */
export class Place {
  /** See `PeerInCall`. */
  guest = false;
  readonly #userId: string;
  readonly #edges: MeshEdges;
  readonly #pace: Pace;
  /** Of the other side, while it has to wait its turn. */
  readonly #early = new LastOffer<Signal>();
  #link: PeerLink | null = null;
  /** The one before, until the next has said its part: to close one keeps a busy computer from that for a while. */
  #former: PeerLink | null = null;
  /** Connections of that peer that are gone. */
  readonly #retired = new Set<string>();
  #meter: LinkMeter | null = null;
  /** Once it was, its being made is a mending. */
  #wasConnected = false;
  /** How many in a row were not made in time. */
  #late = 0;
  #shownPx = 180;
  #cancelLater: (() => void) | null = null;

  constructor(userId: string, edges: MeshEdges) {
    this.#userId = userId;
    this.#edges = edges;
    this.#pace = new Pace(edges.timing);
  }

  get link(): PeerLink | null {
    return this.#link;
  }

  get isConnected(): boolean {
    return this.#link?.pc.connectionState === 'connected';
  }

  show(shownPx: number): void {
    this.#shownPx = shownPx;
    this.#link?.show(shownPx);
  }

  /** Offers from nothing. To a guest nothing is offered: it has gone, or offers again. */
  offer(): void {
    if (this.guest) this.close();
    else if (this.#pace.isWaiting) this.#offerUnlessConnected();
    else this.#pace.run(() => this.#begin({}, (link) => link.offer()));
  }

  /** Leaves it to the other to offer, for a moment. */
  expectOffer(): void {
    if (!this.#link) this.#later(OFFER_GRACE_MS, () => this.#link ?? this.offer());
  }

  receive(kind: Signal['kind'], data: unknown): void {
    const signal = readSignal(kind, data);
    if (!signal) return;
    if (signal.kind === 'call_me') {
      this.#early.take();
      if (!this.guest) this.#pace.run(() => this.#begin({ asked: true }, (link) => link.offer()));
      return;
    }
    const verdict = this.#judge(signal);
    const isOfEarly = verdict === 'drop' || (signal.from === undefined && !this.#early.isEmpty);
    if (signal.kind === 'ice' && isOfEarly) this.#early.keep(signal);
    else if (signal.kind !== 'offer') this.#apply(verdict, signal);
    else if (verdict !== 'drop') {
      // To take an offer is work and another word to its sender, whose own pace is nothing to go by.
      this.#early.keep(signal);
      this.#pace.run(() => this.#takeEarly());
    }
  }

  /** Looks for another way without touching what goes by the one there is. */
  mend(): void {
    const link = this.#link;
    if (!link?.remoteId) return;
    link.offer(true);
    this.#offerUnlessConnected();
  }

  /** The server can be reached again. */
  signalsPass(): void {
    // What came of nothing while no signal passed says nothing of how busy anybody is.
    this.#late = 0;
    if (this.#link && !this.isConnected) this.offer();
  }

  async look(): Promise<LinkLook | null> {
    const seen = this.#link && this.#meter ? await this.#meter.look() : null;
    if (seen && this.#link) this.#report(seen);
    return seen;
  }

  /** Whatever goes to this peer ends. */
  close(): void {
    this.#pace.forget();
    this.#early.take();
    this.#retire();
    this.#closeFormer();
    this.#edges.events.tracks(this.#userId, null);
  }

  #judge(signal: Signal): Verdict {
    const standing = this.#link && { ...this.#link.standing, retired: this.#retired };
    return judge(standing, this.#isPolite, signal);
  }

  get #isPolite(): boolean {
    return isPolite(this.#edges.myUserId, this.#userId);
  }

  #takeEarly(): void {
    const [offer, ...candidates] = this.#early.take();
    if (!offer) return;
    const own = candidates.filter(({ from }) => (from ?? offer.from) === offer.from);
    // Since it came, this side may have begun something itself.
    this.#apply(this.#judge(offer), offer, own);
    // It may have taken the place of an offer of this side's.
    if (!this.#cancelLater && !this.isConnected) this.#offerUnlessConnected();
  }

  #apply(verdict: Verdict, signal: Signal, candidates: readonly Signal[] = []): void {
    const take = (link: PeerLink) => [signal, ...candidates].forEach((each) => link.take(each));
    if (verdict === 'anew') this.#begin({ answers: true }, take);
    else if (verdict === 'repeat') this.#link?.repeatOffer();
    else if (verdict === 'apply' && this.#link) take(this.#link);
  }

  #begin(how: { answers?: boolean; asked?: boolean }, then: (link: PeerLink) => void): void {
    const { answers = false, asked = false } = how;
    const { events, timing, mine, speaking, grew, others } = this.#edges;
    this.#retire();
    events.tracks(this.#userId, NOTHING_YET);
    const { beingMade, all } = others(this.#userId);
    const patienceMs = connectWithinMs({ answers, others: answers ? all : beingMade, late: this.#late });
    const pc = this.#connection();
    if (!pc) {
      this.#closeFormer();
      this.#late += 1;
      this.#later(patienceMs, () => this.#begin(how, then));
      return;
    }
    const link: PeerLink = new PeerLink(
      pc,
      mine(),
      this.#eventsOf(() => link),
      timing,
      asked,
    );
    link.show(this.#shownPx);
    link.speak(speaking());
    this.#link = link;
    this.#meter = new LinkMeter(pc);
    grew();
    this.#later(patienceMs, () => {
      this.#late += 1;
      this.offer();
    });
    then(link);
  }

  /** `null` where the browser has no more of them. */
  #connection(): RTCPeerConnection | null {
    try {
      return this.#edges.connect();
    } catch {
      this.#edges.events.report(this.#userId, { health: 'unable', rttMs: null });
      return null;
    }
  }

  #eventsOf(link: () => PeerLink): ConstructorParameters<typeof PeerLink>[2] {
    const { events } = this.#edges;
    const ifCurrent = (then: () => void) => {
      if (this.#link !== null && this.#link === link()) then();
    };
    return {
      send: (signal) =>
        ifCurrent(() => {
          events.signal(this.#userId, signal.kind, writeSignal(signal));
          if (signal.kind !== 'ice') this.#closeFormer();
        }),
      tracks: (theirs) => ifCurrent(() => events.tracks(this.#userId, theirs)),
      state: (state) => ifCurrent(() => this.#changed(state)),
      broken: () => ifCurrent(() => this.offer()),
    };
  }

  #changed(state: RTCPeerConnectionState): void {
    this.#wasConnected ||= state === 'connected';
    this.#report({ health: healthOf({ state, rttMs: null, lossPart: null }), rttMs: null });
    const mend = () => this.mend();
    if (state === 'connected') {
      this.#later(null);
      this.#late = 0;
    }
    // Both would mend at once; the polite one leaves it to the other for a moment.
    else if (state === 'failed') this.#later(this.#isPolite ? MEND_WITHIN_MS : 0, mend);
    else if (state === 'disconnected') this.#later(MEND_WITHIN_MS * (this.#isPolite ? 2 : 1), mend);
    else if (state === 'closed') this.#later(OFFER_GRACE_MS, () => this.offer());
  }

  #report({ health, rttMs }: PeerReport): void {
    const told = health === 'connecting' && this.#wasConnected ? 'lost' : health;
    this.#edges.events.report(this.#userId, { health: told, rttMs });
  }

  #retire(): void {
    this.#later(null);
    const link = this.#link;
    if (!link) return;
    if (link.remoteId !== null) {
      this.#retired.add(link.remoteId);
      const [oldest] = this.#retired;
      if (oldest !== undefined && this.#retired.size > RETIRED_KEPT) this.#retired.delete(oldest);
    }
    this.#closeFormer();
    this.#former = link;
    this.#link = this.#meter = null;
    this.#edges.events.tracks(this.#userId, null);
  }

  #closeFormer(): void {
    this.#former?.close();
    this.#former = null;
  }

  #offerUnlessConnected(): void {
    this.#later(CONNECT_WITHIN_MS, () => this.isConnected || this.offer());
  }

  /** One thing at a time is waited for; `null` for nothing any more. */
  #later(delayMs: number | null, run: () => unknown = () => undefined): void {
    this.#cancelLater?.();
    this.#cancelLater = null;
    if (delayMs === null) return;
    this.#cancelLater = this.#edges.timing.after(delayMs, () => {
      this.#cancelLater = null;
      run();
    });
  }
}
