// Runs in a plain page: several people of a call in one, each with the real mesh and one camera between them.
import { Mesh } from '../../src/rtc/mesh.ts';
import type { CallTransport } from '../../src/rtc/transport.ts';

/** What the server tells one of them, as far as a call needs it. */
interface Told {
  type: string;
  payload: {
    peers?: { userId: string; media?: { inCall: boolean } }[];
    userId?: string;
    inCall?: boolean;
    fromUserId?: string;
    sdp?: unknown;
    candidate?: unknown;
  };
}

/** One browser encodes it for all of them, forty times and more; as many voices on top are too much for two slow cores. */
const SMALL_PICTURE = { width: 160, height: 90, frameRate: 5 };
/** How high they show the others: a small tile. */
const SHOWN_PX = 90;

export interface Crowd {
  join: (userId: string) => Promise<void>;
  told: (userId: string, message: Told) => void;
  leave: (userId: string) => void;
}

const page = globalThis as typeof globalThis & {
  crowd: Crowd;
  /** Sends for one of them; the test has the sockets. */
  crowdSays: (userId: string, type: string, payload: Record<string, unknown>) => void;
};

const people = new Map<string, { mesh: CallTransport; inCall: Set<string> }>();
let camera: Promise<MediaStream> | null = null;

page.crowd = {
  join: async (userId) => {
    camera ??= navigator.mediaDevices.getUserMedia({ audio: false, video: SMALL_PICTURE });
    const stream = await camera;
    const tracks = { audio: stream.getAudioTracks()[0] ?? null, video: stream.getVideoTracks()[0] ?? null };
    const mesh = new Mesh(userId, tracks, {
      signal: (toUserId, kind, data) => {
        page.crowdSays(userId, `webrtc/${kind}`, {
          toUserId,
          [kind === 'ice' ? 'candidate' : 'sdp']: data,
        });
      },
      tracks: (peerId, theirs) => theirs && mesh.subscribe(peerId, SHOWN_PX),
      report: () => undefined,
    });
    people.set(userId, { mesh, inCall: new Set() });
  },
  told: (userId, { type, payload }) => {
    const person = people.get(userId);
    if (!person) return;
    const { mesh, inCall } = person;
    const kind = /^webrtc\/(offer|answer|ice)$/.exec(type)?.[1] as 'offer' | 'answer' | 'ice' | undefined;
    if (kind) {
      mesh.receive(payload.fromUserId ?? '', kind, kind === 'ice' ? payload.candidate : payload.sdp);
      return;
    }
    if (type === 'room/joined') {
      for (const { userId: id, media } of payload.peers ?? []) if (media?.inCall) inCall.add(id);
    } else if (type === 'rtc/media' && payload.inCall) inCall.add(payload.userId ?? '');
    else if (type === 'rtc/media' || type === 'room/peer_left') inCall.delete(payload.userId ?? '');
    else return;
    mesh.setPeers([...inCall].map((id) => ({ userId: id })));
  },
  leave: (userId) => {
    people.get(userId)?.mesh.leave();
    people.delete(userId);
  },
};
