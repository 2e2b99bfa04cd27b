import type { CallPeer } from '../messaging/call-port.ts';
import type { Media, Peer } from '../protocol/index.ts';
import type { Device } from '../rtc/capture.ts';
import type { ConnectionQuality } from '../rtc/link-meter.ts';
import type { ParticipantVolume } from './participant-volume.ts';
import type { CallPrefs } from './prefs.ts';

/** Somebody else in the call. */
export interface Face {
  userId: string;
  displayName: string;
  media: Media;
  picture: MediaStream | null;
  health: ConnectionQuality;
  /** Connected, and sends nothing itself. */
  receivesOnly: boolean;
  speaking: boolean;
  loudness: ParticipantVolume;
}

/** What a page shows of the call. */
export interface CallState {
  /** `unknown`: the background has not said yet; `elsewhere`: another page of this person holds the call. */
  phase: 'unknown' | 'elsewhere' | 'out' | 'preview' | 'in';
  me: Peer | null;
  microphone: boolean;
  camera: boolean;
  picture: MediaStream | null;
  speaking: boolean;
  faces: readonly Face[];
  /** Who wants to join the call and gets nothing before this person has answered. */
  knocks: readonly Peer[];
  /** Others in the call, also while this person is not. */
  inCall: readonly CallPeer[];
  devices: readonly Device[];
  prefs: CallPrefs;
  problem: string | null;
  /** Camera and microphone have to be allowed in a page of our own first. */
  askFirst: boolean;
  soundBlocked: boolean;
}

export function stateAtFirst(prefs: CallPrefs): CallState {
  return {
    phase: 'unknown',
    me: null,
    microphone: false,
    camera: false,
    picture: null,
    speaking: false,
    faces: [],
    knocks: [],
    inCall: [],
    devices: [],
    prefs,
    problem: null,
    askFirst: false,
    soundBlocked: false,
  };
}
