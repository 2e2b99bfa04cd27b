/** Whether somebody speaks, told from looks at how loud they are. */
export interface Speech {
  speaking: boolean;
  /** Evidence for a voice: grows with each loud look, fades with each quiet one. */
  evidence: number;
  quietSinceMs: number | null;
}
export const SILENCE: Speech = { speaking: false, evidence: 0, quietSinceMs: null };

/** Parts of full scale, as `audioLevel` of WebRTC statistics: a voice at a microphone is at 0.05 and above. */
const LOUD = 0.02;
const QUIET = 0.01;
/** One loud look may be a cup put down; between the loud parts of syllables there are quiet looks. */
const GAIN = 2;
const ENOUGH = 4;
/** Between two words nobody has stopped. */
const HANG_MS = 700;

/** @param level How loud, 0 to 1, or what is known already by somebody's own word. */
export function heard(before: Speech, level: number | boolean, nowMs: number): Speech {
  if (typeof level === 'boolean') return { ...SILENCE, speaking: level };
  if (!before.speaking) {
    const evidence = Math.max(0, before.evidence + (level > LOUD ? GAIN : -1));
    return { speaking: evidence >= ENOUGH, evidence, quietSinceMs: null };
  }
  if (level > QUIET) return { ...before, quietSinceMs: null };
  const quietSinceMs = before.quietSinceMs ?? nowMs;
  return nowMs - quietSinceMs >= HANG_MS ? SILENCE : { ...before, quietSinceMs };
}
