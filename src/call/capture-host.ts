import { toCapture, type FromCapture, type ToCapture } from '../messaging/capture-words.ts';
import { localCapture } from '../rtc/capture.ts';
import type { Tracks } from '../rtc/transport.ts';

interface Opening {
  pc: RTCPeerConnection;
  tracks: Tracks;
}

/** The other side of capture-proxy.ts: captures, and hands what it captured to the page that asked. */
export function hostCapture(media: MediaDevices, say: (word: FromCapture) => void): (raw: unknown) => void {
  const capture = localCapture(media);
  const openings = new Map<string, Opening>();
  /** Devices that start, until the other page wants them no more. */
  const awaited = new Set<string>();

  const open = async ({ id, microphone, camera }: Extract<ToCapture, { type: 'open' }>) => {
    awaited.add(id);
    const tracks = await capture.open({ microphone, camera });
    try {
      if (!awaited.delete(id)) throw new DOMException('given up', 'AbortError');
      await handOver(id, tracks);
    } catch (error) {
      // Nobody will ever say that it is not wanted any more.
      for (const track of [tracks.audio, tracks.video]) track?.stop();
      openings.delete(id);
      throw error;
    }
  };

  const handOver = async (id: string, tracks: Tracks) => {
    const pc = new RTCPeerConnection();
    openings.set(id, { pc, tracks });
    pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) say({ type: 'ice', id, candidate: candidate.toJSON() });
    });
    for (const track of [tracks.audio, tracks.video]) if (track) pc.addTrack(track);
    await pc.setLocalDescription(await pc.createOffer());
    say({ type: 'offer', id, sdp: pc.localDescription?.sdp ?? '' });
  };

  const stop = (id: string, kind: 'audio' | 'video') => {
    const opening = openings.get(id);
    opening?.tracks[kind]?.stop();
    awaited.delete(id);
    if (!opening) return;
    opening.tracks[kind] = null;
    if (opening.tracks.audio ?? opening.tracks.video) return;
    opening.pc.close();
    openings.delete(id);
  };

  return (raw) => {
    const parsed = toCapture.safeParse(raw);
    if (!parsed.success) return;
    const word = parsed.data;
    const failed = (error: unknown) =>
      say({ type: 'failed', id: word.id, name: error instanceof DOMException ? error.name : 'AbortError' });
    switch (word.type) {
      case 'open':
        return void open(word).catch(failed);
      case 'answer':
        return void openings
          .get(word.id)
          ?.pc.setRemoteDescription({ type: 'answer', sdp: word.sdp })
          .catch(failed);
      case 'ice': {
        const { candidate = '', sdpMid = null, sdpMLineIndex = null } = word.candidate;
        const { pc } = openings.get(word.id) ?? {};
        return void pc?.addIceCandidate({ candidate, sdpMid, sdpMLineIndex }).catch(() => undefined);
      }
      case 'stop':
        return stop(word.id, word.kind);
      case 'list':
        return void capture.devices().then((devices) => say({ type: 'devices', id: word.id, devices }));
    }
  };
}
