import type { IceServer } from '../protocol/index.ts';
import type { ConnectionQuality } from './link-meter.ts';
import type { Signal } from './signal.ts';

/** The local tracks; `null` where one is off. */
export interface Tracks {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
}

/** A peer to connect to. */
export interface PeerInCall {
  userId: string;
  /** The peer was asked to offer, and its offer is on its way. */
  asked?: boolean | undefined;
  /**
   * The user let this peer in; as a plain v1 client it announces nothing of the call. Its offers are answered, but
   * none is made.
   */
  guest?: boolean | undefined;
}

/** The state of one peer's connection. */
export interface PeerReport {
  health: ConnectionQuality;
  rttMs: number | null;
}

export interface TransportEvents {
  /** The server has to relay this signal to that peer. */
  signal: (toUserId: string, kind: Signal['kind'], data: unknown) => void;
  /**
   * The peer's tracks as soon as they can arrive; `null` once its connection is gone. Always called, at first
   * without tracks, before anything is sent to the peer: every receiver is shown.
   */
  tracks: (userId: string, tracks: Tracks | null) => void;
  report: (userId: string, report: PeerReport) => void;
}

/**
 * Carries faces and voices between the members. A mesh today (mesh.ts); an SFU can implement the same interface
 * (docs/decisions/0008).
 */
export interface CallTransport {
  setIceServers: (iceServers: readonly IceServer[]) => void;
  /** Sets the members of the call. Peers that are not named are disconnected at once and receive nothing. */
  setPeers: (peers: readonly PeerInCall[]) => void;
  publish: (tracks: Tracks) => void;
  /** Height at which that peer's video is shown here, in px of the screen; 0 when hidden. */
  subscribe: (userId: string, shownPx: number) => void;
  receive: (fromUserId: string, kind: Signal['kind'], data: unknown) => void;
  /** The network changed: every connection restarts ICE. */
  networkChanged: () => void;
  /** The server can be reached again: broken connections need not wait any longer. */
  signalingRestored: () => void;
  /** Announces whether this user speaks; `null` if that is unknown. */
  setSpeaking: (speaking: boolean | null) => void;
  /** Whether that peer announces that it speaks; `null` if it announces nothing, as a plain v1 peer. */
  isSpeaking: (userId: string) => boolean | null;
  /** Level of that peer's sound, 0 to 1. */
  audioLevel: (userId: string) => number;
  leave: () => void;
}
