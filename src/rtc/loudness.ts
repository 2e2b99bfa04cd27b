/** To no loudspeaker, and in large pieces: who only measures needs neither, and both cost (Web Audio API §1.2). */
const UNHEARD = { sinkId: { type: 'none' }, latencyHint: 'playback' } as const;

/** How loud a track is, 0 to 1, as a part of full scale; `null` while the browser does not let it be heard. Ends with the signal. */
export function loudnessOf(track: MediaStreamTrack, signal: AbortSignal): () => number | null {
  const context = new AudioContext(UNHEARD);
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
