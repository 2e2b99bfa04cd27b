import type { IceServer } from '../protocol/index.ts';
import type { Health } from './health.ts';
import type { Signal } from './signal.ts';

/** What this person sends; `null` where that is off. */
export interface Tracks {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
}

/** What is known of one peer of the call. */
export interface PeerReport {
  health: Health;
  rttMs: number | null;
}

export interface TransportEvents {
  /** To be carried to that peer by the server. */
  signal: (toUserId: string, kind: Signal['kind'], data: unknown) => void;
  /** What that peer sends, as soon as it can come; `null` when its connection is gone. */
  tracks: (userId: string, tracks: Tracks | null) => void;
  report: (userId: string, report: PeerReport) => void;
}

/**
 * How faces and voices get to the others. A mesh now (mesh.ts); whatever takes its place where a mesh ends has the same
 * verbs (docs/decisions/0008).
 */
export interface CallTransport {
  setIceServers: (iceServers: readonly IceServer[]) => void;
  /** Who is in the call, and who of them has been asked to offer. */
  setPeers: (userIds: readonly string[], asked: ReadonlySet<string>) => void;
  publish: (tracks: Tracks) => void;
  /** How high that peer's picture is shown here, in px of the screen; 0 when it is not. */
  subscribe: (userId: string, shownPx: number) => void;
  receive: (fromUserId: string, kind: Signal['kind'], data: unknown) => void;
  /** The network changed: connections are to be made sure of. */
  networkChanged: () => void;
  /** The server can be reached again: what broke meanwhile need not wait any longer. */
  signalsPass: () => void;
  /** Tells the others whether this person speaks; `null` where that cannot be known here. */
  speak: (speaking: boolean | null) => void;
  /** Whether that peer speaks, as it says itself; of one that does not say, how loud it is just now, 0 to 1. */
  voice: (userId: string) => boolean | number;
  leave: () => void;
}
