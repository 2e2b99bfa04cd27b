import { chooseFilm, findVideos } from './find-video.ts';

const LOOK_AGAIN_MS = 1000;
const AFTER_MUTATION_MS = 100;
/** A player that is given another source has no film in it for so long at most. */
const LOADING_MS = 3000;

/** The film of one frame; `null` while there is none. */
export interface Film {
  video: HTMLVideoElement;
  score: number;
}

export interface FilmWatchEdges {
  shadowOf: (element: Element) => ShadowRoot | null;
  /** How each video counts at this moment. */
  scoring: (videos: readonly HTMLVideoElement[]) => (video: HTMLVideoElement) => number;
  /** A monotonic clock, ms. */
  nowMs: () => number;
  tell: (film: Film | null) => void;
}

/**
 * Keeps looking for the film of a document, since sites add it late, replace it and hide it in shadow roots (which
 * cannot be observed being attached, hence the clock). Tells each change of the film or of its score's magnitude.
 */
export function watchFilm(
  doc: Document,
  { shadowOf, scoring, nowMs, tell }: FilmWatchEdges,
  signal: AbortSignal,
): void {
  let current: Film | null = null;
  let loadedAtMs = 0;
  let soon: ReturnType<typeof setTimeout> | undefined;

  /** Meanwhile no other video of the page is the film, and nobody has left. */
  const onItsWay = (videos: readonly HTMLVideoElement[]): Film | null => {
    if (current && videos.includes(current.video) && isLoading(current.video))
      return nowMs() - loadedAtMs < LOADING_MS ? current : null;
    loadedAtMs = nowMs();
    return null;
  };
  const look = () => {
    const videos = findVideos(doc, shadowOf);
    const choice = onItsWay(videos) ?? chooseFilm(videos, current?.video ?? null, scoring(videos));
    const changed =
      choice?.video !== current?.video || !sameMagnitude(choice?.score ?? 0, current?.score ?? 0);
    if (changed) {
      current = choice;
      tell(choice);
    }
  };
  const lookSoon = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      look();
    }, AFTER_MUTATION_MS);
  };

  const observer = new MutationObserver(lookSoon);
  observer.observe(doc, { childList: true, subtree: true });
  for (const type of ['loadedmetadata', 'play', 'emptied', 'resize']) {
    // Media events do not bubble, but they are captured on their way down.
    doc.addEventListener(type, lookSoon, { capture: true, signal });
  }
  const timer = setInterval(look, LOOK_AGAIN_MS);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearInterval(timer);
    clearTimeout(soon);
  });
  look();
}

function sameMagnitude(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.2 * Math.max(a, b);
}

function isLoading({ readyState, networkState }: HTMLVideoElement): boolean {
  return readyState < HTMLMediaElement.HAVE_METADATA && networkState === HTMLMediaElement.NETWORK_LOADING;
}
