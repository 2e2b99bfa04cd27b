import type { CallPeer, FromCall, ToCall } from '../messaging/call-port.ts';
import { LIMITS } from '../protocol/index.ts';
import { PendingSignals } from '../rtc/pending-signals.ts';
import type { CallTransport, PeerInCall, Tracks, TransportEvents } from '../rtc/transport.ts';
import { admissionOf, type Admission } from './admission.ts';

type IceTold = Extract<ToCall, { type: 'ice_servers' }>;
type Relayed = Extract<ToCall, { type: 'relay' }>;

export type CreateTransport = (myUserId: string, tracks: Tracks, events: TransportEvents) => CallTransport;

export interface ConnectionEdges {
  createTransport: CreateTransport;
  send: (message: FromCall) => void;
  events: Pick<TransportEvents, 'tracks' | 'report'> & {
    /** Who wants to join the call and waits for the person's answer. */
    asking: (userIds: readonly string[]) => void;
  };
}

/** How long the servers for connections are waited for; within one network nobody needs them. */
const ICE_WITHIN_MS = 1500;
/** Where a browser fails to say its part, the camera is not waited for any longer. */
const INTRODUCED_WITHIN_MS = 500;
/** A film is longer than credentials may be good for, and a network may change at its end. */
const RENEW_AFTER_PART = 0.75;

/** One stay in the call: connects to whoever is in it or was let in, from when it is made until it is left. */
export class Connection {
  readonly #transport: CallTransport;
  readonly #send: (message: FromCall) => void;
  #peers: readonly CallPeer[] = [];
  #begun = false;
  /** What was said before the servers for connections were known: who answers needs them too. */
  readonly #early = new PendingSignals<Relayed>();
  /** What was said by those of whom the person is to decide first. */
  readonly #asking = new PendingSignals<Relayed>();
  readonly #askingTold: (userIds: readonly string[]) => void;
  #online = true;
  /** Who has to be told yet how to connect. */
  #owed = new Set<string>();
  readonly #introduced = Promise.withResolvers<undefined>();
  #waiting: ReturnType<typeof setTimeout>;
  #renewing: ReturnType<typeof setTimeout> | undefined;

  constructor(myUserId: string, tracks: Tracks, { createTransport, send, events }: ConnectionEdges) {
    this.#send = send;
    this.#askingTold = events.asking;
    this.#transport = createTransport(myUserId, tracks, {
      tracks: events.tracks,
      report: events.report,
      signal: (toUserId, kind, data) => {
        send({ type: 'relay', toUserId, kind, data: data as Record<string, unknown> });
        if (kind !== 'ice') this.#owed.delete(toUserId);
        if (this.#begun && this.#owed.size === 0) this.#introduced.resolve(undefined);
      },
    });
    // Without the servers the first attempt could fail, and cost seconds.
    this.#waiting = setTimeout(() => this.#begin(), ICE_WITHIN_MS);
    send({ type: 'get_ice' });
  }

  /** Settles once everybody in the call has been told how to connect: what else is to be done can wait for that. */
  get introduced(): Promise<unknown> {
    return this.#introduced.promise;
  }

  /** Who is in the room. */
  setPeers(peers: readonly CallPeer[]): void {
    this.#peers = peers;
    if (this.#begun) this.#tellPeers();
    const decided = peers.filter((peer) => isConnected(admissionOf(peer)));
    for (const { userId } of decided) for (const said of this.#asking.take(userId)) this.relayed(said);
    this.#asking.keepOnly((userId) => this.#admissionOf(userId) === 'asks');
    this.#early.keepOnly((userId) => isConnected(this.#admissionOf(userId)));
    this.#tellAsking();
  }

  iceTold({ iceServers, expiresInMs }: IceTold): void {
    this.#transport.setIceServers(iceServers);
    clearTimeout(this.#renewing);
    if (expiresInMs !== undefined) {
      this.#renewing = setTimeout(() => this.#send({ type: 'get_ice' }), expiresInMs * RENEW_AFTER_PART);
    }
    this.#begin();
  }

  /** Whoever is neither in the call nor let in is told nothing: not even an address goes out before that. */
  relayed(message: Relayed): void {
    const admission = this.#admissionOf(message.fromUserId);
    if (admission === 'asks') {
      this.#asking.keep(message);
      this.#tellAsking();
    } else if (!isConnected(admission)) return;
    else if (this.#begun) this.#receive(message);
    else this.#early.keep(message);
  }

  publish(tracks: Tracks): void {
    this.#transport.publish(tracks);
  }

  shown(userId: string, heightPx: number): void {
    this.#transport.subscribe(userId, Math.round(heightPx));
  }

  networkChanged(): void {
    this.#transport.networkChanged();
  }

  /** Whether the server can be reached, which carries the signals. */
  setOnline(online: boolean): void {
    if (online && !this.#online) this.#transport.signalingRestored();
    this.#online = online;
  }

  setSpeaking(speaking: boolean | null): void {
    this.#transport.setSpeaking(speaking);
  }

  isSpeaking(userId: string): boolean | null {
    return this.#transport.isSpeaking(userId);
  }

  audioLevel(userId: string): number {
    return this.#transport.audioLevel(userId);
  }

  leave(): void {
    clearTimeout(this.#waiting);
    clearTimeout(this.#renewing);
    this.#transport.leave();
  }

  #begin(): void {
    if (this.#begun) return;
    clearTimeout(this.#waiting);
    this.#begun = true;
    this.#owed = new Set(this.#peers.flatMap((peer) => (admissionOf(peer) === 'in' ? peer.userId : [])));
    if (this.#owed.size === 0) this.#introduced.resolve(undefined);
    else this.#waiting = setTimeout(() => this.#introduced.resolve(undefined), INTRODUCED_WITHIN_MS);
    this.#tellPeers();
    for (const message of this.#early.take()) this.#receive(message);
  }

  #tellPeers(): void {
    const peers = this.#peers.flatMap((peer): PeerInCall[] => {
      const { userId, asked = false } = peer;
      const admission = admissionOf(peer);
      if (!isConnected(admission)) return [];
      // To whoever has offered already nothing is offered.
      return [{ userId, guest: admission === 'guest', asked: asked || this.#early.has(userId) }];
    });
    this.#transport.setPeers(peers);
  }

  #tellAsking(): void {
    const full =
      this.#peers.filter((peer) => isConnected(admissionOf(peer))).length >= LIMITS.callMembers - 1;
    const waiting = full ? [] : this.#peers.filter(({ userId }) => this.#asking.has(userId));
    this.#askingTold(waiting.map(({ userId }) => userId));
  }

  #admissionOf(userId: string): Admission {
    const peer = this.#peers.find((each) => each.userId === userId);
    return peer ? admissionOf(peer) : 'out';
  }

  #receive({ fromUserId, kind, data }: Relayed): void {
    this.#transport.receive(fromUserId, kind, data);
  }
}

const isConnected = (admission: Admission) => admission === 'in' || admission === 'guest';
