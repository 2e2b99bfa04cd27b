import { fromCapture, type FromCapture, type ToCapture } from '../messaging/capture-words.ts';
import type { Capture } from '../rtc/capture.ts';
import type { Tracks } from '../rtc/transport.ts';

/** Opening a camera may take a second or two; an offscreen document that never comes is not waited for. */
const OPEN_WITHIN_MS = 10_000;

export interface CaptureProxy extends Capture {
  heard: (word: unknown) => void;
}

/**
 * Camera and microphone of another page of ours, which no site can deny (the offscreen document), brought here by a peer
 * connection that does not leave this computer.
 */
export function captureProxy(say: (word: ToCapture) => void): CaptureProxy {
  const openings = new Map<string, (word: FromCapture) => void>();
  const owners = new Map<MediaStreamTrack, { id: string; pc: RTCPeerConnection }>();
  const open = (send: (id: string) => ToCapture) => {
    const id = crypto.randomUUID();
    const words: FromCapture[] = [];
    let wake: () => void = () => undefined;
    openings.set(id, (word) => {
      words.push(word);
      wake();
    });
    say(send(id));
    const next = async (): Promise<FromCapture> => {
      for (;;) {
        const word = words.shift();
        if (word) return word;
        await new Promise<void>((resolve, reject) => {
          wake = resolve;
          setTimeout(() => reject(new DOMException('no answer', 'AbortError')), OPEN_WITHIN_MS);
        });
      }
    };
    return { id, next };
  };

  const take = async (id: string, first: FromCapture): Promise<Tracks> => {
    if (first.type === 'failed') throw new DOMException('refused', first.name);
    if (first.type !== 'offer') throw new DOMException('out of turn', 'AbortError');
    const pc = new RTCPeerConnection();
    pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) say({ type: 'ice', id, candidate: candidate.toJSON() });
    });
    await pc.setRemoteDescription({ type: 'offer', sdp: first.sdp });
    openings.set(id, (word) => {
      if (word.type === 'ice') void pc.addIceCandidate(candidateOf(word.candidate)).catch(() => undefined);
    });
    await pc.setLocalDescription(await pc.createAnswer());
    say({ type: 'answer', id, sdp: pc.localDescription?.sdp ?? '' });
    const tracks: Tracks = { audio: null, video: null };
    for (const { track } of pc.getReceivers()) {
      tracks[track.kind === 'audio' ? 'audio' : 'video'] = track;
      owners.set(track, { id, pc });
    }
    return tracks;
  };

  return {
    cannotAsk: true,
    open: async ({ microphone, camera }) => {
      const { id, next } = open((each) => ({ type: 'open', id: each, microphone, camera }));
      try {
        return await take(id, await next());
      } catch (error) {
        // Whatever was opened there, or is still to be, is nobody's.
        for (const kind of ['audio', 'video'] as const) say({ type: 'stop', id, kind });
        openings.delete(id);
        throw error;
      }
    },
    stop: (track) => {
      const owner = owners.get(track);
      owners.delete(track);
      track.stop();
      if (!owner) return;
      say({ type: 'stop', id: owner.id, kind: track.kind === 'audio' ? 'audio' : 'video' });
      if ([...owners.values()].some(({ pc }) => pc === owner.pc)) return;
      owner.pc.close();
      openings.delete(owner.id);
    },
    devices: async () => {
      const { id, next } = open((each) => ({ type: 'list', id: each }));
      const word = await next();
      openings.delete(id);
      return word.type === 'devices' ? word.devices : [];
    },
    onDevices: () => undefined,
    heard: (raw) => {
      const parsed = fromCapture.safeParse(raw);
      if (parsed.success) openings.get(parsed.data.id)?.(parsed.data);
    },
  };
}

function candidateOf(told: Extract<FromCapture, { type: 'ice' }>['candidate']): RTCIceCandidateInit {
  const { candidate = '', sdpMid = null, sdpMLineIndex = null, usernameFragment = null } = told;
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}
