/** Quality of the connection to a peer; `unable`: the browser created none and is asked again. */
export type ConnectionQuality = 'connecting' | 'good' | 'fair' | 'poor' | 'lost' | 'unable';

export interface QualityInput {
  state: RTCPeerConnectionState;
  /** Round trip of the connection, ms; `null` while unknown. */
  rttMs: number | null;
  /** Fraction of the packets since the last sample that were lost; `null` when none were due. */
  lossPart: number | null;
}

/** Beyond these, people talk over each other and speech loses syllables (ITU-T G.114: 150 ms one way is unnoticed). */
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
  /** Mean time to encode a frame since the last sample; `null` when there was none. */
  encodeMsPerFrame: number | null;
}

/** The used fields of the W3C's statistics; browsers provide only some of them. */
interface Stat {
  id: string;
  type: string;
  kind?: string;
  selectedCandidatePairId?: string;
  /** Firefox has no transport statistics and marks the candidate pair instead. */
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

/** Samples one peer connection; the difference of two samples gives its quality. */
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
    // A pair from before an ICE restart stays nominated for a while, with its last round trip.
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
    // Each is measured now and then, and a value delayed by a lost path stays until the next.
    const rttMs = roundTripsSec.length > 0 ? Math.min(...roundTripsSec) * 1000 : null;
    return {
      health: connectionQuality({ state: this.#pc.connectionState, rttMs, lossPart }),
      rttMs,
      cpuLimited,
      encodeMsPerFrame: pictures > 0 ? ((now.encodeSec - before.encodeSec) * 1000) / pictures : null,
    };
  }
}
