import { LIMITS, type IceServer } from '../protocol/index.ts';
import type { LinkSample } from './link-meter.ts';
import type { PeerLink } from './peer-link.ts';
import { PeerSlot, type SlotDeps } from './peer-slot.ts';
import type { Signal } from './signal.ts';
import { browserTiming, type Timing } from './timing.ts';
import type { CallTransport, PeerInCall, Tracks, TransportEvents } from './transport.ts';
import { adaptToLoad, NO_LOAD } from './video-encoding.ts';

const MAX_PEERS = LIMITS.callMembers - 1;
const SAMPLE_EVERY_MS = 2000;

/** The browser features a mesh needs. */
export interface MeshPlatform {
  timing: Timing;
  connect: (configuration: RTCConfiguration) => RTCPeerConnection;
}
const BROWSER: MeshPlatform = {
  timing: browserTiming,
  connect: (configuration) => new RTCPeerConnection(configuration),
};

/**
 * A call without a media server: every member sends to every other. A user without a slot, as `setPeers` gives them, gets
 * nothing: no connection, no address, no answer. Ends with `leave`.
 */
export class Mesh implements CallTransport {
  readonly #timing: Timing;
  readonly #slotDeps: SlotDeps;
  readonly #slots = new Map<string, PeerSlot>();
  #started = false;
  #left = false;
  #tracks: Tracks;
  #speaking: boolean | null = null;
  #load = NO_LOAD;
  #iceServers: RTCIceServer[] = [];
  #cancelSample: () => void = () => undefined;

  constructor(
    myUserId: string,
    tracks: Tracks,
    events: TransportEvents,
    { timing, connect }: MeshPlatform = BROWSER,
  ) {
    this.#timing = timing;
    this.#tracks = tracks;
    this.#slotDeps = {
      myUserId,
      events,
      timing,
      connect: () => connect(this.#configuration()),
      localTracks: () => this.#tracks,
      speaking: () => this.#speaking,
      onLinkAdded: () => this.#limitAll(),
      otherPeers: (userId) => this.#otherPeers(userId),
    };
    this.#scheduleSample();
  }

  setIceServers(servers: readonly IceServer[]): void {
    this.#iceServers = servers.map((server) => ({ ...server }));
    for (const link of this.#links()) link.pc.setConfiguration(this.#configuration());
  }

  setPeers(peers: readonly PeerInCall[]): void {
    const named = withinMesh(peers, (userId) => this.#slots.has(userId));
    const ids = new Set(named.map(({ userId }) => userId));
    for (const [userId, slot] of this.#slots) if (!ids.has(userId)) this.#drop(userId, slot);
    const fresh = named.filter(
      ({ userId, guest = false }) => !guest && (this.#slots.get(userId)?.guest ?? true),
    );
    for (const { userId, guest = false } of named) {
      const slot = this.#slots.get(userId) ?? new PeerSlot(userId, this.#slotDeps);
      this.#slots.set(userId, slot);
      slot.guest = guest;
    }
    for (const { userId, asked } of fresh) {
      if (this.#started || asked) this.#slots.get(userId)?.expectOffer();
      else this.#slots.get(userId)?.offer();
    }
    this.#started = true;
  }

  publish(tracks: Tracks): void {
    this.#tracks = tracks;
    for (const link of this.#links()) link.publish(tracks);
  }

  subscribe(userId: string, shownPx: number): void {
    this.#slots.get(userId)?.setShownPx(shownPx);
  }

  receive(fromUserId: string, kind: Signal['kind'], data: unknown): void {
    this.#slots.get(fromUserId)?.receive(kind, data);
  }

  networkChanged(): void {
    for (const slot of this.#slots.values()) slot.restartIce();
  }

  signalingRestored(): void {
    for (const slot of this.#slots.values()) slot.signalingRestored();
  }

  setSpeaking(speaking: boolean | null): void {
    this.#speaking = speaking;
    for (const link of this.#links()) link.setSpeaking(speaking);
  }

  isSpeaking(userId: string): boolean | null {
    return this.#slots.get(userId)?.link?.isSpeaking ?? null;
  }

  audioLevel(userId: string): number {
    return this.#slots.get(userId)?.link?.audioLevel() ?? 0;
  }

  leave(): void {
    this.#left = true;
    this.#cancelSample();
    for (const [userId, slot] of this.#slots) this.#drop(userId, slot);
  }

  #configuration(): RTCConfiguration {
    return { iceServers: this.#iceServers, bundlePolicy: 'max-bundle' };
  }

  #links(): PeerLink[] {
    return [...this.#slots.values()].flatMap(({ link }) => link ?? []);
  }

  #limitAll(): void {
    const links = this.#links();
    for (const link of links) link.setLimits({ receivers: links.length, load: this.#load.level });
  }

  #otherPeers(userId: string): ReturnType<SlotDeps['otherPeers']> {
    const members = [...this.#slots].filter(([id, { guest }]) => id !== userId && !guest);
    return { all: members.length, beingMade: members.filter(([, slot]) => !slot.isConnected).length };
  }

  #drop(userId: string, slot: PeerSlot): void {
    this.#slots.delete(userId);
    slot.close();
  }

  #scheduleSample(): void {
    this.#cancelSample = this.#timing.after(SAMPLE_EVERY_MS, () => {
      if (!this.#left) this.#scheduleSample();
      void this.#sample();
    });
  }

  async #sample(): Promise<void> {
    const samples: LinkSample[] = [];
    for (const slot of this.#slots.values()) {
      const sample = await slot.sample();
      if (sample) samples.push(sample);
    }
    const times = samples.flatMap(({ encodeMsPerFrame }) => encodeMsPerFrame ?? []);
    const before = this.#load.level;
    this.#load = adaptToLoad(this.#load, {
      cpuLimited: samples.some(({ cpuLimited }) => cpuLimited),
      encodeMsPerFrame: times.length === 0 ? null : times.reduce((sum, each) => sum + each, 0),
    });
    if (this.#load.level !== before) this.#limitAll();
  }
}

/** At most as many peers as a mesh can bear: members before guests, and peers with a slot before those without. */
function withinMesh(peers: readonly PeerInCall[], hasSlot: (userId: string) => boolean): PeerInCall[] {
  const rank = ({ userId, guest = false }: PeerInCall) => (guest ? 2 : 0) + (hasSlot(userId) ? 0 : 1);
  return peers.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_PEERS);
}
