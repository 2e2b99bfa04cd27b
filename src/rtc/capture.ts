import type { Tracks } from './transport.ts';

/** The requested devices: an id, `true` for any, `false` for none. */
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

/** A source of camera and microphone: this page, or another of ours where a site denies them to its frames. */
export interface Capture {
  /** Set if the browser cannot prompt over this page. */
  cannotAsk?: true;
  /** Rejects with the `DOMException` of `getUserMedia`. */
  open: (wish: CaptureConstraints) => Promise<Tracks>;
  /** Releases a device. */
  stop: (track: MediaStreamTrack) => void;
  devices: () => Promise<Device[]>;
  onDevices: (listener: () => void, signal: AbortSignal) => void;
}

/** A small video is enough: faces are shown small, and most calls have more than two members. */
export const VIDEO_CONSTRAINTS = {
  width: { ideal: 640 },
  height: { ideal: 360 },
  frameRate: { ideal: 24, max: 30 },
};
/** All echo processing is on, because the loudspeakers play the film into the microphone. */
const AUDIO_CONSTRAINTS = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

function constraintsFor(
  { microphone, camera }: CaptureConstraints,
  found: readonly MediaDeviceInfo[],
): MediaStreamConstraints {
  // `exact`, since an `ideal` device loses to one that suits the other constraints better. An unplugged device must
  // not fail the call.
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
  // Without permission devices have no labels and cannot be chosen.
  const named = found.filter(({ label }) => label !== '');
  return named.map((device, at) => {
    const { kind, label } = device;
    const same = named.slice(0, at).filter((other) => other.kind === kind && other.label === label).length;
    const id = same === 0 ? label : `${label} (${same + 1})`;
    return { kind, id, label: id };
  });
}

/** This page's browser id of a device from {@link devicesOf}; empty if it is missing. */
export function deviceIdOf(found: readonly MediaDeviceInfo[], kind: Device['kind'], id: string): string {
  const named = found.filter(({ label }) => label !== '');
  const at = devicesOf(named).findIndex((device) => device.kind === kind && device.id === id);
  return named[at]?.deviceId ?? '';
}
