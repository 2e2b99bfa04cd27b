import type { Random } from '../../../sim/random.ts';

export type Way = 'up' | 'down';

/** How long a link keeps what passes; one way each, in ms. */
export interface LinkShape {
  upMs: number;
  downMs: number;
  /**
   * Added to each chunk's delay: `uniform` in ±ms, `normal` with that standard deviation, `exponential` with that mean
   * (and never less than 0, as in queues).
   */
  jitter: { kind: 'uniform' | 'normal' | 'exponential'; ms: number };
  /** With that chance a chunk takes so much longer, uniform between the two. */
  spike: { chance: number; fromMs: number; toMs: number };
}

/** No chunk is faster than this, whatever the jitter says. */
const FLOOR_MS = 0.5;
export const SPIKE_MS = { fromMs: 50, toMs: 200 };

export const DIRECT: LinkShape = {
  upMs: 0,
  downMs: 0,
  jitter: { kind: 'uniform', ms: 0 },
  spike: { chance: 0, fromMs: 0, toMs: 0 },
};

/** The same both ways: "20 ± 8 ms, 3 % spikes". */
export function symmetric(
  oneWayMs: number,
  jitterMs: number,
  spikeChance: number,
  kind: LinkShape['jitter']['kind'] = 'uniform',
): LinkShape {
  return {
    upMs: oneWayMs,
    downMs: oneWayMs,
    jitter: { kind, ms: jitterMs },
    spike: { chance: spikeChance, ...SPIKE_MS },
  };
}

export function drawDelayMs({ upMs, downMs, jitter, spike }: LinkShape, way: Way, random: Random): number {
  const baseMs = way === 'up' ? upMs : downMs;
  const spikeMs = random.chance(spike.chance) ? random.between(spike.fromMs, spike.toMs) : 0;
  return Math.max(baseMs > 0 ? FLOOR_MS : 0, baseMs + drawJitterMs(jitter, random) + spikeMs);
}

function drawJitterMs({ kind, ms }: LinkShape['jitter'], random: Random): number {
  switch (kind) {
    case 'uniform':
      return random.between(-ms, ms);
    case 'exponential':
      return -ms * Math.log(1 - random.next());
    case 'normal':
      // Box and Muller.
      return ms * Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  }
}

export function describeShape({ upMs, downMs, jitter, spike }: LinkShape): string {
  const base = upMs === downMs ? `${upMs} ms one way` : `${upMs} ms up, ${downMs} ms down`;
  const spikes = `${spike.chance * 100} % spikes of ${spike.fromMs}-${spike.toMs} ms`;
  return `${base}, ${jitter.kind} jitter ${jitter.ms} ms, ${spikes}`;
}
