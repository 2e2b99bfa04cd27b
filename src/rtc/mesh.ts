import { LIMITS } from '../protocol/index.ts';
import type { LinkLook } from './link-meter.ts';
import { Place, type MeshEdges } from './place.ts';
import { NO_STRAIN, strained } from './quality.ts';
import { browserTiming, type Timing } from './timing.ts';
import type { CallTransport, PeerInCall, Tracks, TransportEvents } from './transport.ts';

const MESH_PEERS = LIMITS.callMembers - 1;
const LOOK_EVERY_MS = 2000;

/** What a mesh needs of the browser. */
export interface MeshPlatform {
  timing: Timing;
  connect: (configuration: RTCConfiguration) => RTCPeerConnection;
}
const BROWSER: MeshPlatform = {
  timing: browserTiming,
  connect: (configuration) => new RTCPeerConnection(configuration),
};

/**
 * Everybody sends to everybody: no media server, and nobody between friends. Who has no place in it, as `setPeers` gives
 * them, gets nothing: no connection, no address, no answer. Ends when left.
 */
export function createMesh(
  myUserId: string,
  tracks: Tracks,
  events: TransportEvents,
  { timing, connect }: MeshPlatform = BROWSER,
): CallTransport {
  const places = new Map<string, Place>();
  let started = false;
  let left = false;
  let mine = tracks;
  let speaking: boolean | null = null;
  let strain = NO_STRAIN;
  let iceServers: RTCIceServer[] = [];
  const configuration = (): RTCConfiguration => ({ iceServers, bundlePolicy: 'max-bundle' });

  const encodeAll = () => {
    const links = [...places.values()].flatMap(({ link }) => link ?? []);
    for (const link of links) link.encode({ receivers: links.length, strain: strain.level });
  };

  const edges: MeshEdges = {
    myUserId,
    events,
    timing,
    connect: () => connect(configuration()),
    mine: () => mine,
    speaking: () => speaking,
    grew: encodeAll,
    others: (userId) => {
      const members = [...places].filter(([id, { guest }]) => id !== userId && !guest);
      return { all: members.length, beingMade: members.filter(([, place]) => !place.isConnected).length };
    },
  };

  const look = async () => {
    const looks: LinkLook[] = [];
    for (const place of places.values()) {
      const seen = await place.look();
      if (seen) looks.push(seen);
    }
    const times = looks.flatMap(({ msPerPicture }) => msPerPicture ?? []);
    const before = strain.level;
    strain = strained(strain, {
      cpuLimited: looks.some(({ cpuLimited }) => cpuLimited),
      msPerPicture: times.length === 0 ? null : times.reduce((sum, each) => sum + each, 0),
    });
    if (strain.level !== before) encodeAll();
  };
  const lookLater = () => {
    cancelLook = timing.after(LOOK_EVERY_MS, () => {
      if (!left) lookLater();
      void look();
    });
  };
  let cancelLook: () => void = () => undefined;
  lookLater();

  const drop = (userId: string, place: Place) => {
    places.delete(userId);
    place.close();
  };

  return {
    setIceServers: (servers) => {
      iceServers = servers.map((server) => ({ ...server }));
      for (const { link } of places.values()) link?.pc.setConfiguration(configuration());
    },
    setPeers: (peers) => {
      const named = withinMesh(peers, (userId) => places.has(userId));
      const ids = new Set(named.map(({ userId }) => userId));
      for (const [userId, place] of places) if (!ids.has(userId)) drop(userId, place);
      const fresh = named.filter(
        ({ userId, guest = false }) => !guest && (places.get(userId)?.guest ?? true),
      );
      for (const { userId, guest = false } of named) {
        const place = places.get(userId) ?? new Place(userId, edges);
        places.set(userId, place);
        place.guest = guest;
      }
      for (const { userId, asked } of fresh) {
        if (started || asked) places.get(userId)?.expectOffer();
        else places.get(userId)?.offer();
      }
      started = true;
    },
    publish: (next) => {
      mine = next;
      for (const { link } of places.values()) link?.publish(next);
    },
    subscribe: (userId, shownPx) => places.get(userId)?.show(shownPx),
    receive: (userId, kind, data) => places.get(userId)?.receive(kind, data),
    networkChanged: () => {
      for (const place of places.values()) place.mend();
    },
    signalsPass: () => {
      for (const place of places.values()) place.signalsPass();
    },
    speak: (now) => {
      speaking = now;
      for (const { link } of places.values()) link?.speak(now);
    },
    voice: (userId) => places.get(userId)?.link?.voice() ?? 0,
    leave: () => {
      left = true;
      cancelLook();
      for (const [userId, place] of places) drop(userId, place);
    },
  };
}

/** No more than a mesh can bear: members go before guests, and who has a place before who has none. */
function withinMesh(peers: readonly PeerInCall[], hasPlace: (userId: string) => boolean): PeerInCall[] {
  const rank = ({ userId, guest = false }: PeerInCall) => (guest ? 2 : 0) + (hasPlace(userId) ? 0 : 1);
  return peers.toSorted((a, b) => rank(a) - rank(b)).slice(0, MESH_PEERS);
}
