/** What a film shows, read by the harness itself, on the host's wall clock (one machine, so one clock). */
export interface FilmSample {
  positionSec: number;
  paused: boolean;
  rate: number;
  atMs: number;
}

/** Runs in the page: what its script calls `film`. Self-contained, since it is sent as text. */
export function sampleFilm(): FilmSample {
  const { film: video } = globalThis as { film?: HTMLVideoElement };
  if (!video) throw new Error('no film here');
  return {
    positionSec: video.currentTime,
    paused: video.paused,
    rate: video.playbackRate,
    atMs: performance.timeOrigin + performance.now(),
  };
}

/** How far the second film is ahead of the first, in seconds, both brought to the same moment. */
export function driftSec(a: FilmSample, b: FilmSample): number {
  const elapsedSec = a.paused ? 0 : (((b.atMs - a.atMs) / 1000) * Math.round(a.rate * 20)) / 20;
  return b.positionSec - (a.positionSec + elapsedSec);
}
