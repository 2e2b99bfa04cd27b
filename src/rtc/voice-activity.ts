/** No output device and large buffers: a meter needs neither, and both cost (Web Audio API §1.2). */
const SILENT_CONTEXT = { sinkId: { type: 'none' }, latencyHint: 'playback' } as const;

/** Measures a track's level, 0 to 1 of full scale; `null` while the browser blocks audio. Ends with the signal. */
export function audioLevelOf(track: MediaStreamTrack, signal: AbortSignal): () => number | null {
  const context = new AudioContext(SILENT_CONTEXT);
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  const samples = new Float32Array(analyser.fftSize);
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  signal.addEventListener('abort', () => void context.close());
  return () => {
    // A page without user activation may not run the context; the next sample tries again.
    if (context.state === 'suspended') void context.resume();
    if (context.state !== 'running') return null;
    analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
  };
}

/** Voice activity, derived from samples of an audio level. */
export interface VoiceActivity {
  speaking: boolean;
  /** Evidence for a voice: each loud sample adds to it, each quiet one takes from it. */
  evidence: number;
  quietSinceMs: number | null;
}
export const SILENCE: VoiceActivity = { speaking: false, evidence: 0, quietSinceMs: null };

/** Fractions of full scale, as `audioLevel` of WebRTC statistics: a voice at a microphone reaches 0.05 and more. */
const SPEECH_LEVEL = 0.02;
const SILENCE_LEVEL = 0.01;
/** One loud sample may be a cup put down; between loud syllables there are quiet samples. */
const GAIN = 2;
const ENOUGH = 4;
/** The pause between two words does not end speech. */
const HANG_MS = 700;

/** The activity of a member whose own client announces it. */
export const announcedVoice = (speaking: boolean): VoiceActivity => ({ ...SILENCE, speaking });

/** @param level Sound level, 0 to 1. */
export function detectVoice(before: VoiceActivity, level: number, nowMs: number): VoiceActivity {
  if (!before.speaking) {
    const evidence = Math.max(0, before.evidence + (level > SPEECH_LEVEL ? GAIN : -1));
    return { speaking: evidence >= ENOUGH, evidence, quietSinceMs: null };
  }
  if (level > SILENCE_LEVEL) return { ...before, quietSinceMs: null };
  const quietSinceMs = before.quietSinceMs ?? nowMs;
  return nowMs - quietSinceMs >= HANG_MS ? SILENCE : { ...before, quietSinceMs };
}
