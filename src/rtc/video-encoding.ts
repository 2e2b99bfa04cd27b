/** The limits of the video sent to one peer. */
export interface EncodingLimits {
  /** Height at which the peer shows the video, in px of its screen; 0 when hidden. */
  shownPx: number;
  /** Height of the camera's video. */
  capturedPx: number;
  /** Number of peers that receive the video. */
  receivers: number;
  /** Load level of the encoder, 0 to 3. */
  load: number;
}

export interface Encoding {
  active: boolean;
  scaleResolutionDownBy: number;
  maxBitrate: number;
  maxFramerate: number;
}

/** Height in px, and its bit/s at 24 frames a second: faces move little. */
const LADDER = [
  { px: 90, bps: 80_000 },
  { px: 180, bps: 180_000 },
  { px: 270, bps: 320_000 },
  { px: 360, bps: 500_000 },
  { px: 540, bps: 900_000 },
  { px: 720, bps: 1_400_000 },
] as const;
const LOWEST = LADDER[0];
/** A mesh encodes and uploads once per peer, so more peers leave less for each. */
const MAX_PX = [720, 540, 360, 360, 270, 270, 180, 180];
export const MAX_LOAD = 3;

/** Picks the smallest step of the ladder that fills the shown height. */
export function encodingFor({ shownPx, capturedPx, receivers, load }: EncodingLimits): Encoding {
  const mostPx = MAX_PX[Math.min(receivers, MAX_PX.length) - 1] ?? LOWEST.px;
  const wantedPx = Math.min(shownPx, mostPx, capturedPx);
  const found = LADDER.findIndex(({ px }) => px >= wantedPx);
  const fitting = found < 0 ? LADDER.length - 1 : found;
  const step = LADDER[Math.max(0, fitting - load)] ?? LOWEST;
  return {
    active: shownPx > 0,
    scaleResolutionDownBy: Math.max(1, capturedPx / step.px),
    maxBitrate: step.bps,
    maxFramerate: load > 1 ? 12 : load > 0 || receivers > 4 ? 18 : 24,
  };
}

/** Totals of all senders since the last sample. */
export interface EncoderSample {
  cpuLimited: boolean;
  /** `null` when no frame was encoded. */
  encodeMsPerFrame: number | null;
}

/** Slower encoding lets a few peers' videos fill a core: 24 frames a second leave 40 ms for all of them. */
const SLOW_MS = 12;
/** Samples without overload before a higher quality is tried. */
const CALM_SAMPLES = 15;

export interface EncoderLoad {
  level: number;
  calmSamples: number;
}
export const NO_LOAD: EncoderLoad = { level: 0, calmSamples: 0 };

/** Lowers the quality at once and raises it slowly. */
export function adaptToLoad(
  { level, calmSamples }: EncoderLoad,
  { cpuLimited, encodeMsPerFrame }: EncoderSample,
): EncoderLoad {
  if (cpuLimited || (encodeMsPerFrame ?? 0) > SLOW_MS) {
    return { level: Math.min(MAX_LOAD, level + 1), calmSamples: 0 };
  }
  if (level > 0 && calmSamples + 1 >= CALM_SAMPLES) return { level: level - 1, calmSamples: 0 };
  return { level, calmSamples: calmSamples + 1 };
}
