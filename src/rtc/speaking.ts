/** Whether somebody speaks, told from looks at how loud they are. */
export interface Speech {
  speaking: boolean;
  loudLooks: number;
  quietSinceMs: number | null;
}
export const SILENCE: Speech = { speaking: false, loudLooks: 0, quietSinceMs: null };

/** Parts of full scale, as `audioLevel` of WebRTC statistics: a voice at a microphone is at 0.05 and above. */
const LOUD = 0.02;
const QUIET = 0.01;
/** One loud look may be a cup put down. */
const LOOKS = 2;
/** Between two words nobody has stopped. */
const HANG_MS = 700;

export function heard(before: Speech, level: number, nowMs: number): Speech {
  if (!before.speaking) {
    const loudLooks = level > LOUD ? before.loudLooks + 1 : 0;
    return { speaking: loudLooks >= LOOKS, loudLooks, quietSinceMs: null };
  }
  if (level > QUIET) return { ...before, quietSinceMs: null };
  const quietSinceMs = before.quietSinceMs ?? nowMs;
  return nowMs - quietSinceMs >= HANG_MS ? SILENCE : { ...before, quietSinceMs };
}
