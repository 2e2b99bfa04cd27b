import { healthOf } from './health.ts';
import { LIMITS } from '../protocol/index.ts';
import { isPolite, judge } from './negotiation.ts';
import { LinkMeter, type LinkLook } from './link-meter.ts';
import { CONNECT_WITHIN_MS, connectWithinMs } from './patience.ts';
import { PeerLink } from './peer-link.ts';
import { NO_STRAIN, strained } from './quality.ts';
import { readSignal, writeSignal } from './signal.ts';
import type { CallTransport, PeerReport, Tracks, TransportEvents } from './transport.ts';

const MESH_PEERS = LIMITS.callMembers - 1;
/** Who comes later offers, and who was asked to; if nothing came by then, something got lost on the way. */
const OFFER_GRACE_MS = 1000;
/** ICE mends a short break by itself. */
const MEND_WITHIN_MS = 1500;
const LOOK_EVERY_MS = 2000;

interface Place {
  link: PeerLink | null;
  /** The one before, until the next has said its part: to close one keeps a busy computer from that for a while. */
  former: PeerLink | null;
  /** Connections of that peer that are gone. */
  retired: Set<string>;
  meter: LinkMeter | null;
  /** Once it was, its being made is a mending. */
  wasConnected: boolean;
  /** How many in a row were not made in time. */
  late: number;
  shownPx: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Everybody sends to everybody: no media server, and nobody between friends. Ends when left. */
export function createMesh(myUserId: string, tracks: Tracks, events: TransportEvents): CallTransport {
  const places = new Map<string, Place>();
  let wanted = new Set<string>();
  let started = false;
  let mine = tracks;
  let speaking: boolean | null = null;
  let strain = NO_STRAIN;
  let iceServers: RTCIceServer[] = [];
  const configuration = (): RTCConfiguration => ({ iceServers, bundlePolicy: 'max-bundle' });

  const placeOf = (userId: string): Place => {
    const known = places.get(userId);
    if (known) return known;
    const place: Place = {
      link: null,
      former: null,
      retired: new Set(),
      meter: null,
      wasConnected: false,
      late: 0,
      shownPx: 180,
      timer: undefined,
    };
    places.set(userId, place);
    return place;
  };

  const later = (place: Place, delayMs: number, run: () => void) => {
    clearTimeout(place.timer);
    place.timer = setTimeout(run, delayMs);
  };

  const closeFormer = (place: Place) => {
    place.former?.close();
    place.former = null;
  };

  const retire = (userId: string, place: Place) => {
    clearTimeout(place.timer);
    if (!place.link) return;
    if (place.link.remoteId !== null) place.retired.add(place.link.remoteId);
    closeFormer(place);
    place.former = place.link;
    place.link = place.meter = null;
    events.tracks(userId, null);
  };

  const close = (userId: string, place: Place) => {
    retire(userId, place);
    closeFormer(place);
  };

  const othersBeingMade = (userId: string) =>
    [...wanted].filter((id) => id !== userId && places.get(id)?.link?.pc.connectionState !== 'connected')
      .length;

  const begin = (userId: string, { answers = false, asked = false } = {}): PeerLink => {
    const place = placeOf(userId);
    retire(userId, place);
    const link = new PeerLink(
      configuration(),
      mine,
      {
        send: (signal) => {
          if (place.link !== link) return;
          events.signal(userId, signal.kind, writeSignal(signal));
          if (signal.kind !== 'ice') closeFormer(place);
        },
        tracks: (theirs) => {
          if (place.link === link) events.tracks(userId, theirs);
        },
        state: (state) => {
          if (place.link === link) changed(userId, place, link, state);
        },
        broken: () => {
          if (place.link === link) offerAnew(userId);
        },
      },
      asked,
    );
    link.show(place.shownPx);
    link.speak(speaking);
    place.link = link;
    place.meter = new LinkMeter(link.pc);
    encodeAll();
    const others = answers ? Math.max(0, wanted.size - 1) : othersBeingMade(userId);
    later(place, connectWithinMs({ answers, others, late: place.late }), () => {
      place.late += 1;
      offerAnew(userId);
    });
    return link;
  };

  const offerAnew = (userId: string) => {
    if (wanted.has(userId)) begin(userId).offer();
    else close(userId, placeOf(userId));
  };

  /** Looks for another way without touching what goes by the one there is. */
  const mend = (userId: string, place: Place, link: PeerLink) => {
    link.offer(true);
    later(place, CONNECT_WITHIN_MS, () => link.pc.connectionState === 'connected' || offerAnew(userId));
  };

  const report = (userId: string, { wasConnected }: Place, { health, rttMs }: PeerReport) => {
    events.report(userId, { health: health === 'connecting' && wasConnected ? 'lost' : health, rttMs });
  };

  const changed = (userId: string, place: Place, link: PeerLink, state: RTCPeerConnectionState) => {
    place.wasConnected ||= state === 'connected';
    report(userId, place, { health: healthOf({ state, rttMs: null, lossPart: null }), rttMs: null });
    const mendSoon = () => mend(userId, place, link);
    if (state === 'connected') {
      clearTimeout(place.timer);
      place.late = 0;
    }
    // Both would mend at once; the polite one leaves it to the other for a moment.
    else if (state === 'failed') later(place, isPolite(myUserId, userId) ? MEND_WITHIN_MS : 0, mendSoon);
    else if (state === 'disconnected')
      later(place, MEND_WITHIN_MS * (isPolite(myUserId, userId) ? 2 : 1), mendSoon);
    else if (state === 'closed') later(place, OFFER_GRACE_MS, () => offerAnew(userId));
  };

  const encodeAll = () => {
    const links = [...places.values()].flatMap(({ link }) => link ?? []);
    for (const link of links) link.encode({ receivers: links.length, strain: strain.level });
  };

  const look = async () => {
    const looks: LinkLook[] = [];
    for (const [userId, place] of places) {
      const seen = place.link && place.meter && (await place.meter.look());
      if (!seen) continue;
      looks.push(seen);
      report(userId, place, seen);
    }
    const times = looks.flatMap(({ msPerPicture }) => msPerPicture ?? []);
    const before = strain.level;
    strain = strained(strain, {
      cpuLimited: looks.some(({ cpuLimited }) => cpuLimited),
      msPerPicture: times.length === 0 ? null : times.reduce((sum, each) => sum + each, 0),
    });
    if (strain.level !== before) encodeAll();
  };
  const looking = setInterval(() => void look(), LOOK_EVERY_MS);

  return {
    setIceServers: (servers) => {
      iceServers = servers.map((server) => ({ ...server }));
      for (const { link } of places.values()) link?.pc.setConfiguration(configuration());
    },
    setPeers: (userIds, asked) => {
      const before = wanted;
      wanted = new Set(userIds);
      for (const [userId, place] of places) {
        // Who never said to be in the call may still be: a plain v1 peer cannot say.
        if (wanted.has(userId) || !before.has(userId)) continue;
        close(userId, place);
        places.delete(userId);
      }
      for (const userId of wanted) {
        if (before.has(userId)) continue;
        const place = placeOf(userId);
        // An offer of theirs may have come before.
        if (!started && !place.link && !asked.has(userId)) begin(userId).offer();
        else if (!place.link) later(place, OFFER_GRACE_MS, () => place.link ?? offerAnew(userId));
      }
      started = true;
    },
    publish: (next) => {
      mine = next;
      for (const { link } of places.values()) link?.publish(next);
    },
    subscribe: (userId, shownPx) => {
      const place = placeOf(userId);
      place.shownPx = shownPx;
      place.link?.show(shownPx);
    },
    receive: (userId, kind, data) => {
      const signal = readSignal(kind, data);
      if (!signal) return;
      if (signal.kind === 'call_me') {
        if (wanted.has(userId)) begin(userId, { asked: true }).offer();
        return;
      }
      if (!places.has(userId) && places.size >= MESH_PEERS) return;
      const { link, retired } = placeOf(userId);
      const standing = link && { ...link.standing, retired };
      const verdict = judge(standing, isPolite(myUserId, userId), signal);
      if (verdict === 'drop') return;
      if (verdict === 'apply') link?.take(signal);
      else if (verdict === 'repeat') link?.repeatOffer();
      else begin(userId, { answers: true }).take(signal);
    },
    networkChanged: () => {
      for (const [userId, place] of places) {
        if (place.link && place.link.remoteId !== null) mend(userId, place, place.link);
      }
    },
    signalsPass: () => {
      for (const [userId, place] of places) {
        // What came of nothing while no signal passed says nothing of how busy anybody is.
        place.late = 0;
        if (place.link && place.link.pc.connectionState !== 'connected') offerAnew(userId);
      }
    },
    speak: (now) => {
      speaking = now;
      for (const { link } of places.values()) link?.speak(now);
    },
    voice: (userId) => places.get(userId)?.link?.voice() ?? 0,
    leave: () => {
      clearInterval(looking);
      for (const [userId, place] of places) close(userId, place);
      places.clear();
    },
  };
}
