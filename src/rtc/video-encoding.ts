/** What limits the sending of one's picture to one peer. */
export interface EncodingLimits {
  /** How high it is shown there, in px of its screen; 0 when it is not shown. */
  shownPx: number;
  /** Height of what the camera gives. */
  capturedPx: number;
  /** To how many peers it goes. */
  receivers: number;
  /** How often the encoder had to be relieved, 0 to 3. */
  load: number;
}

export interface Encoding {
  active: boolean;
  scaleResolutionDownBy: number;
  maxBitrate: number;
  maxFramerate: number;
}

/** Height in px and bit/s of it at 24 pictures a second: faces move little. */
const LADDER = [
  { px: 90, bps: 80_000 },
  { px: 180, bps: 180_000 },
  { px: 270, bps: 320_000 },
  { px: 360, bps: 500_000 },
  { px: 540, bps: 900_000 },
  { px: 720, bps: 1_400_000 },
] as const;
const LOWEST = LADDER[0];
/** A mesh encodes and uploads once for each peer, so the more there are, the less each may have. */
const MAX_PX = [720, 540, 360, 360, 270, 270, 180, 180];
export const MAX_LOAD = 3;

/** Picks the step of the ladder that fills what is shown, and no more. */
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

/** Of all senders since the last look. */
export interface EncoderSample {
  cpuLimited: boolean;
  /** `null` when nothing was encoded. */
  encodeMsPerFrame: number | null;
}

/** Beyond this, a few peers' pictures keep a core busy (40 ms is all there is at 24 a second, for all of them). */
const SLOW_MS = 12;
/** Looks without strain until more is tried again. */
const CALM_SAMPLES = 15;

export interface EncoderLoad {
  level: number;
  calmSamples: number;
}
export const NO_LOAD: EncoderLoad = { level: 0, calmSamples: 0 };

/** Relieves the encoder at once and loads it again slowly. */
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
