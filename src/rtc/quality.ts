/** What limits the sending of one's picture to one peer. */
export interface Sending {
  /** How high it is shown there, in px of its screen; 0 when it is not shown. */
  shownPx: number;
  /** Height of what the camera gives. */
  capturedPx: number;
  /** To how many peers it goes. */
  receivers: number;
  /** How often the encoder had to be relieved, 0 to 3. */
  strain: number;
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
const MOST_PX = [720, 540, 360, 360, 270, 270, 180, 180];
export const MAX_STRAIN = 3;

/** Picks the step of the ladder that fills what is shown, and no more. */
export function encodingFor({ shownPx, capturedPx, receivers, strain }: Sending): Encoding {
  const mostPx = MOST_PX[Math.min(receivers, MOST_PX.length) - 1] ?? LOWEST.px;
  const wantedPx = Math.min(shownPx, mostPx, capturedPx);
  const found = LADDER.findIndex(({ px }) => px >= wantedPx);
  const fitting = found < 0 ? LADDER.length - 1 : found;
  const step = LADDER[Math.max(0, fitting - strain)] ?? LOWEST;
  return {
    active: shownPx > 0,
    scaleResolutionDownBy: Math.max(1, capturedPx / step.px),
    maxBitrate: step.bps,
    maxFramerate: strain > 1 ? 12 : strain > 0 || receivers > 4 ? 18 : 24,
  };
}

/** Of all senders since the last look. */
export interface Encoder {
  cpuLimited: boolean;
  /** `null` when nothing was encoded. */
  msPerPicture: number | null;
}

/** Beyond this, a few peers' pictures keep a core busy (40 ms is all there is at 24 a second, for all of them). */
const SLOW_MS = 12;
/** Looks without strain until more is tried again. */
const CALM_LOOKS = 15;

export interface Strain {
  level: number;
  calmLooks: number;
}
export const NO_STRAIN: Strain = { level: 0, calmLooks: 0 };

/** Relieves the encoder at once and loads it again slowly. */
export function strained({ level, calmLooks }: Strain, { cpuLimited, msPerPicture }: Encoder): Strain {
  if (cpuLimited || (msPerPicture ?? 0) > SLOW_MS) {
    return { level: Math.min(MAX_STRAIN, level + 1), calmLooks: 0 };
  }
  if (level > 0 && calmLooks + 1 >= CALM_LOOKS) return { level: level - 1, calmLooks: 0 };
  return { level, calmLooks: calmLooks + 1 };
}
