import type { CallPeer, FromCall, ToCall } from '../../messaging/call-port.ts';
import type { CallTransport, Tracks, TransportEvents } from '../../rtc/transport.ts';

type IceTold = Extract<ToCall, { type: 'ice_servers' }>;
type Relayed = Extract<ToCall, { type: 'relay' }>;

type InCall = Pick<CallPeer, 'userId' | 'asked'>;

export type CreateTransport = (myUserId: string, tracks: Tracks, events: TransportEvents) => CallTransport;

export interface ConnectionEdges {
  createTransport: CreateTransport;
  send: (message: FromCall) => void;
  events: Pick<TransportEvents, 'tracks' | 'report'>;
}

/** How long the servers for connections are waited for; within one network nobody needs them. */
const ICE_WITHIN_MS = 1500;
/** Where a browser fails to say its part, the camera is not waited for any longer. */
const INTRODUCED_WITHIN_MS = 500;
/** A film is longer than credentials may be good for, and a network may change at its end. */
const RENEW_AFTER_PART = 0.75;

/** One stay in the call: connects to whoever is in it, from when it is made until it is left. */
export class Connection {
  readonly #transport: CallTransport;
  readonly #send: (message: FromCall) => void;
  #peers: readonly InCall[] = [];
  #begun = false;
  /** What was said before the servers for connections were known: who answers needs them too. */
  #early: Relayed[] = [];
  #online = true;
  /** Who has to be told yet how to connect. */
  #owed = new Set<string>();
  readonly #introduced = Promise.withResolvers<undefined>();
  #waiting: ReturnType<typeof setTimeout>;
  #renewing: ReturnType<typeof setTimeout> | undefined;

  constructor(myUserId: string, tracks: Tracks, { createTransport, send, events }: ConnectionEdges) {
    this.#send = send;
    this.#transport = createTransport(myUserId, tracks, {
      ...events,
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

  /** Who is in the call. */
  setPeers(peers: readonly InCall[]): void {
    this.#peers = peers;
    if (this.#begun) this.#tellPeers();
  }

  iceTold({ iceServers, expiresInMs }: IceTold): void {
    this.#transport.setIceServers(iceServers);
    clearTimeout(this.#renewing);
    if (expiresInMs !== undefined) {
      this.#renewing = setTimeout(() => this.#send({ type: 'get_ice' }), expiresInMs * RENEW_AFTER_PART);
    }
    this.#begin();
  }

  relayed(message: Relayed): void {
    if (this.#begun) this.#receive(message);
    else this.#early.push(message);
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
    if (online && !this.#online) this.#transport.signalsPass();
    this.#online = online;
  }

  speak(speaking: boolean | null): void {
    this.#transport.speak(speaking);
  }

  voice(userId: string): boolean | number {
    return this.#transport.voice(userId);
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
    this.#owed = new Set(this.#peers.map(({ userId }) => userId));
    if (this.#owed.size === 0) this.#introduced.resolve(undefined);
    else this.#waiting = setTimeout(() => this.#introduced.resolve(undefined), INTRODUCED_WITHIN_MS);
    // To whoever has offered already nothing is offered.
    for (const message of this.#early.splice(0)) this.#receive(message);
    this.#tellPeers();
  }

  #tellPeers(): void {
    const asked = this.#peers.filter((peer) => peer.asked).map(({ userId }) => userId);
    const userIds = this.#peers.map(({ userId }) => userId);
    this.#transport.setPeers(userIds, new Set(asked));
  }

  #receive({ fromUserId, kind, data }: Relayed): void {
    this.#transport.receive(fromUserId, kind, data);
  }
}
