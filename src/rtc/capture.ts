import type { Tracks } from './transport.ts';

/** Which device is wanted: its id, `true` for any, `false` for none. */
export interface CaptureWish {
  microphone: string | boolean;
  camera: string | boolean;
}

export interface Device {
  kind: 'audioinput' | 'videoinput' | 'audiooutput';
  id: string;
  label: string;
}

/** Where camera and microphone come from: this page, or another of ours where a site denies them to its frames. */
export interface Capture {
  /** Set where there is no page over which the browser could ask a person. */
  cannotAsk?: true;
  /** Rejects with the `DOMException` of `getUserMedia`. */
  open: (wish: CaptureWish) => Promise<Tracks>;
  /** Gives a device back. */
  stop: (track: MediaStreamTrack) => void;
  devices: () => Promise<Device[]>;
  onDevices: (listener: () => void, signal: AbortSignal) => void;
}

/** Faces are shown small, and most calls are of more than two. */
const PICTURE = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24, max: 30 } };
/** The film comes out of the loudspeakers, so all that keeps it from going back to the friends is on. */
const VOICE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export function constraintsFor({ microphone, camera }: CaptureWish): MediaStreamConstraints {
  // Not `exact`: a device that was unplugged must not cost a person the call.
  const of = (id: string | boolean) =>
    typeof id === 'string' && id !== '' ? { deviceId: { ideal: id } } : {};
  return {
    audio: microphone === false ? false : { ...VOICE, ...of(microphone) },
    video: camera === false ? false : { ...PICTURE, ...of(camera) },
  };
}

export function localCapture(media: MediaDevices): Capture {
  return {
    open: async (wish) => {
      const stream = await media.getUserMedia(constraintsFor(wish));
      return { audio: stream.getAudioTracks()[0] ?? null, video: stream.getVideoTracks()[0] ?? null };
    },
    stop: (track) => track.stop(),
    devices: async () => devicesOf(await media.enumerateDevices()),
    onDevices: (listener, signal) => media.addEventListener('devicechange', listener, { signal }),
  };
}

export function devicesOf(found: readonly MediaDeviceInfo[]): Device[] {
  // Without permission devices have no names, and are no choice.
  return found.flatMap(({ kind, deviceId, label }) => (label === '' ? [] : [{ kind, id: deviceId, label }]));
}
