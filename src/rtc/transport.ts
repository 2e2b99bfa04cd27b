import type { IceServer } from '../protocol/index.ts';
import type { ConnectionQuality } from './link-meter.ts';
import type { Signal } from './signal.ts';

/** What this person sends; `null` where that is off. */
export interface Tracks {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
}

/** Whom this side connects to. */
export interface PeerInCall {
  userId: string;
  /** Has been asked to offer: the offer is on its way. */
  asked?: boolean | undefined;
  /** Was let in by the person, and tells nothing of the call by itself (a plain v1 client): its offers are answered, no more. */
  guest?: boolean | undefined;
}

/** What is known of one peer of the call. */
export interface PeerReport {
  health: ConnectionQuality;
  rttMs: number | null;
}

export interface TransportEvents {
  /** To be carried to that peer by the server. */
  signal: (toUserId: string, kind: Signal['kind'], data: unknown) => void;
  /**
   * What that peer sends, as soon as it can come; `null` when its connection is gone. Nothing is given to a peer before this
   * has been called for it, with no tracks at first: whoever may get something is shown.
   */
  tracks: (userId: string, tracks: Tracks | null) => void;
  report: (userId: string, report: PeerReport) => void;
}

/**
 * How faces and voices get to the others. A mesh now (mesh.ts); whatever takes its place where a mesh ends has the same
 * verbs (docs/decisions/0008).
 */
export interface CallTransport {
  setIceServers: (iceServers: readonly IceServer[]) => void;
  /** Who is in the call. Nobody else gets anything, and whoever is not named any more is dropped at once. */
  setPeers: (peers: readonly PeerInCall[]) => void;
  publish: (tracks: Tracks) => void;
  /** How high that peer's picture is shown here, in px of the screen; 0 when it is not. */
  subscribe: (userId: string, shownPx: number) => void;
  receive: (fromUserId: string, kind: Signal['kind'], data: unknown) => void;
  /** The network changed: connections are to be made sure of. */
  networkChanged: () => void;
  /** The server can be reached again: what broke meanwhile need not wait any longer. */
  signalingRestored: () => void;
  /** Tells the others whether this person speaks; `null` where that cannot be known here. */
  setSpeaking: (speaking: boolean | null) => void;
  /** Whether that peer says that it speaks; `null` while it says nothing, as plain v1 peers never do. */
  isSpeaking: (userId: string) => boolean | null;
  /** Level of that peer's sound, 0 to 1. */
  audioLevel: (userId: string) => number;
  leave: () => void;
}
