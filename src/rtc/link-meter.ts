/** How well a peer is seen and heard; `unable`: the browser made no connection, and is asked for one again. */
export type ConnectionQuality = 'connecting' | 'good' | 'fair' | 'poor' | 'lost' | 'unable';

export interface QualityInput {
  state: RTCPeerConnectionState;
  /** Round trip of the connection, ms; `null` while unknown. */
  rttMs: number | null;
  /** Of the packets since the last look, the part that never came; `null` when none were due. */
  lossPart: number | null;
}

/** Beyond these people talk over each other, and speech loses syllables (ITU-T G.114: 150 ms one way is unnoticed). */
const FAIR = { rttMs: 300, lossPart: 0.02 };
const POOR = { rttMs: 600, lossPart: 0.08 };

export function connectionQuality({ state, rttMs, lossPart }: QualityInput): ConnectionQuality {
  if (state === 'new' || state === 'connecting') return 'connecting';
  if (state !== 'connected') return 'lost';
  const beyond = (limit: typeof FAIR) => (rttMs ?? 0) > limit.rttMs || (lossPart ?? 0) > limit.lossPart;
  if (beyond(POOR)) return 'poor';
  return beyond(FAIR) ? 'fair' : 'good';
}

export interface LinkSample {
  health: ConnectionQuality;
  rttMs: number | null;
  cpuLimited: boolean;
  /** Time that encoding one picture took since the last look; `null` when there was none. */
  encodeMsPerFrame: number | null;
}

/** The few fields that are read of the W3C's statistics, which browsers give in part. */
interface Stat {
  id: string;
  type: string;
  kind?: string;
  selectedCandidatePairId?: string;
  /** Firefox has no statistics of the transport, and marks the pair instead. */
  selected?: boolean;
  currentRoundTripTime?: number;
  roundTripTime?: number;
  packetsLost?: number;
  packetsReceived?: number;
  qualityLimitationReason?: string;
  totalEncodeTime?: number;
  framesEncoded?: number;
}

interface Totals {
  lost: number;
  received: number;
  encodeSec: number;
  encoded: number;
}

/** Looks at one peer connection again and again: what changed between two looks tells how it is. */
export class LinkMeter {
  readonly #pc: RTCPeerConnection;
  #before: Totals = { lost: 0, received: 0, encodeSec: 0, encoded: 0 };

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc;
  }

  async sample(): Promise<LinkSample> {
    const stats: Stat[] = [];
    (await this.#pc.getStats()).forEach((stat: Stat) => stats.push(stat));
    const now: Totals = { lost: 0, received: 0, encodeSec: 0, encoded: 0 };
    // A pair of before an ICE restart stays nominated for a while, with the round trip that it had last.
    const chosen = new Set(stats.map(({ selectedCandidatePairId }) => selectedCandidatePairId));
    const roundTripsSec: number[] = [];
    let cpuLimited = false;
    for (const stat of stats) {
      if (stat.type === 'candidate-pair' && (stat.selected === true || chosen.has(stat.id))) {
        if (stat.currentRoundTripTime !== undefined) roundTripsSec.push(stat.currentRoundTripTime);
      } else if (stat.type === 'remote-inbound-rtp') {
        if (stat.roundTripTime !== undefined) roundTripsSec.push(stat.roundTripTime);
      } else if (stat.type === 'inbound-rtp') {
        now.lost += stat.packetsLost ?? 0;
        now.received += stat.packetsReceived ?? 0;
      } else if (stat.type === 'outbound-rtp' && stat.kind === 'video') {
        now.encodeSec += stat.totalEncodeTime ?? 0;
        now.encoded += stat.framesEncoded ?? 0;
        cpuLimited ||= stat.qualityLimitationReason === 'cpu';
      }
    }
    const before = this.#before;
    this.#before = now;
    const lost = Math.max(0, now.lost - before.lost);
    const due = lost + Math.max(0, now.received - before.received);
    const pictures = now.encoded - before.encoded;
    const lossPart = due > 0 ? lost / due : null;
    // Each is measured now and then: one that a way which was lost has delayed stands until the next.
    const rttMs = roundTripsSec.length > 0 ? Math.min(...roundTripsSec) * 1000 : null;
    return {
      health: connectionQuality({ state: this.#pc.connectionState, rttMs, lossPart }),
      rttMs,
      cpuLimited,
      encodeMsPerFrame: pictures > 0 ? ((now.encodeSec - before.encodeSec) * 1000) / pictures : null,
    };
  }
}
