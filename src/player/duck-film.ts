import { Ducking, type DuckingEdges } from './ducking.ts';
import { quietVolume } from './quiet-volume.ts';

/** Makes the film of a page quieter and as loud as before, unnoticed by what the page stores, until the signal aborts. */
export function duckFilm(
  film: HTMLMediaElement,
  window: Window,
  edges: DuckingEdges,
  signal: AbortSignal,
): Ducking {
  const changed = () => ducking.end();
  const ducking: Ducking = new Ducking(quietVolume(film, { above: window, changed, signal }), edges);
  for (const going of ['beforeunload', 'pagehide'])
    window.addEventListener(going, () => ducking.end(), { capture: true, signal });
  signal.addEventListener('abort', () => ducking.end());
  return ducking;
}
