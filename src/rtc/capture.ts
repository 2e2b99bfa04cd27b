import type { Tracks } from './transport.ts';

/** Which device is wanted: its id, `true` for any, `false` for none. */
export interface CaptureConstraints {
  microphone: string | boolean;
  camera: string | boolean;
}

/**
 * A microphone, camera or loudspeaker. Its `id` is its name, numbered where two have the same: browsers give a device another id
 * in each page of ours that is in another site's (Media Capture, "deviceId").
 */
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
  open: (wish: CaptureConstraints) => Promise<Tracks>;
  /** Gives a device back. */
  stop: (track: MediaStreamTrack) => void;
  devices: () => Promise<Device[]>;
  onDevices: (listener: () => void, signal: AbortSignal) => void;
}

/** Faces are shown small, and most calls are of more than two. */
export const VIDEO_CONSTRAINTS = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 24, max: 30 },
};
/** The film comes out of the loudspeakers, so all that keeps it from going back to the friends is on. */
const AUDIO_CONSTRAINTS = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

function constraintsFor(
  { microphone, camera }: CaptureConstraints,
  found: readonly MediaDeviceInfo[],
): MediaStreamConstraints {
  // An `ideal` one loses to another that suits the rest better; one that was unplugged must not cost a person the call.
  const of = (kind: Device['kind'], id: string | boolean) => {
    const exact = typeof id === 'string' ? deviceIdOf(found, kind, id) : '';
    return exact === '' ? {} : { deviceId: { exact } };
  };
  return {
    audio: microphone === false ? false : { ...AUDIO_CONSTRAINTS, ...of('audioinput', microphone) },
    video: camera === false ? false : { ...VIDEO_CONSTRAINTS, ...of('videoinput', camera) },
  };
}

export function localCapture(media: MediaDevices): Capture {
  return {
    open: async (wish) => {
      const isByName = Object.values(wish).some((each) => typeof each === 'string');
      const found = isByName ? await media.enumerateDevices() : [];
      const stream = await media.getUserMedia(constraintsFor(wish, found));
      return { audio: stream.getAudioTracks()[0] ?? null, video: stream.getVideoTracks()[0] ?? null };
    },
    stop: (track) => track.stop(),
    devices: async () => devicesOf(await media.enumerateDevices()),
    onDevices: (listener, signal) => media.addEventListener('devicechange', listener, { signal }),
  };
}

export function devicesOf(found: readonly MediaDeviceInfo[]): Device[] {
  // Without permission devices have no names, and are no choice.
  const named = found.filter(({ label }) => label !== '');
  return named.map((device, at) => {
    const { kind, label } = device;
    const same = named.slice(0, at).filter((other) => other.kind === kind && other.label === label).length;
    const id = same === 0 ? label : `${label} (${same + 1})`;
    return { kind, id, label: id };
  });
}

/** What this page's browser calls a device that {@link devicesOf} has told of; empty where it is not there. */
export function deviceIdOf(found: readonly MediaDeviceInfo[], kind: Device['kind'], id: string): string {
  const named = found.filter(({ label }) => label !== '');
  const at = devicesOf(named).findIndex((device) => device.kind === kind && device.id === id);
  return named[at]?.deviceId ?? '';
}
