/** To no loudspeaker, and in large pieces: who only measures needs neither, and both cost (Web Audio API §1.2). */
const SILENT_CONTEXT = { sinkId: { type: 'none' }, latencyHint: 'playback' } as const;

/** How loud a track is, 0 to 1, as a part of full scale; `null` while the browser does not let it be heard. Ends with the signal. */
export function audioLevelOf(track: MediaStreamTrack, signal: AbortSignal): () => number | null {
  const context = new AudioContext(SILENT_CONTEXT);
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  const samples = new Float32Array(analyser.fftSize);
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  signal.addEventListener('abort', () => void context.close());
  return () => {
    // A page that nobody has touched may not run it; it is asked again then.
    if (context.state === 'suspended') void context.resume();
    if (context.state !== 'running') return null;
    analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
  };
}

/** Whether somebody speaks, told from looks at how loud they are. */
export interface VoiceActivity {
  speaking: boolean;
  /** Evidence for a voice: grows with each loud look, fades with each quiet one. */
  evidence: number;
  quietSinceMs: number | null;
}
export const SILENCE: VoiceActivity = { speaking: false, evidence: 0, quietSinceMs: null };

/** Parts of full scale, as `audioLevel` of WebRTC statistics: a voice at a microphone is at 0.05 and above. */
const SPEECH_LEVEL = 0.02;
const SILENCE_LEVEL = 0.01;
/** One loud look may be a cup put down; between the loud parts of syllables there are quiet looks. */
const GAIN = 2;
const ENOUGH = 4;
/** Between two words nobody has stopped. */
const HANG_MS = 700;

/** The activity of somebody whose own client says whether they speak. */
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
