/** How well a peer is seen and heard; `unable`: the browser made no connection, and is asked for one again. */
export type Health = 'connecting' | 'good' | 'fair' | 'poor' | 'lost' | 'unable';

export interface LinkSample {
  state: RTCPeerConnectionState;
  /** Round trip of the connection, ms; `null` while unknown. */
  rttMs: number | null;
  /** Of the packets since the last look, the part that never came; `null` when none were due. */
  lossPart: number | null;
}

/** Beyond these people talk over each other, and speech loses syllables (ITU-T G.114: 150 ms one way is unnoticed). */
const FAIR = { rttMs: 300, lossPart: 0.02 };
const POOR = { rttMs: 600, lossPart: 0.08 };

export function healthOf({ state, rttMs, lossPart }: LinkSample): Health {
  if (state === 'new' || state === 'connecting') return 'connecting';
  if (state !== 'connected') return 'lost';
  const beyond = (limit: typeof FAIR) => (rttMs ?? 0) > limit.rttMs || (lossPart ?? 0) > limit.lossPart;
  if (beyond(POOR)) return 'poor';
  return beyond(FAIR) ? 'fair' : 'good';
}
