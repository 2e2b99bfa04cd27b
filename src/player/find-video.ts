/** A player is at least as large as a thumbnail that plays on hovering is not, in CSS px². */
export const MIN_AREA_PX = 200 * 112;

/** Every `<video>` of the document, those in shadow roots included. */
export function findVideos(
  root: ParentNode,
  shadowOf: (element: Element) => ShadowRoot | null,
): HTMLVideoElement[] {
  const found: HTMLVideoElement[] = [];
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLVideoElement) found.push(element);
    const shadow = shadowOf(element);
    if (shadow) found.push(...findVideos(shadow, shadowOf));
  }
  return found;
}

/**
 * How likely this is the film people came for: large, long, loaded, heard. Previews loop and are mute, ads are short.
 * 0 means certainly not.
 */
export function filmScore(video: HTMLVideoElement): number {
  const { width, height } = video.getBoundingClientRect();
  const area = width * height;
  const loaded = video.readyState >= HTMLMediaElement.HAVE_METADATA;
  if (!loaded || area < MIN_AREA_PX || !isShown(video)) return 0;
  const live = video.duration === Infinity;
  const lengthFactor = live ? 1 : Math.min(1, video.duration / 60);
  const previewFactor = video.loop && video.muted ? 0.1 : 1;
  const playedFactor = video.paused && video.played.length === 0 ? 0.8 : 1;
  return area * Math.max(0.05, lengthFactor) * previewFactor * playedFactor;
}

/** The best of them, or `null`. The one already chosen keeps its place unless another is clearly better. */
export function chooseFilm(
  videos: readonly HTMLVideoElement[],
  current: HTMLVideoElement | null,
  scoreOf: (video: HTMLVideoElement) => number = filmScore,
): { video: HTMLVideoElement; score: number } | null {
  let best: { video: HTMLVideoElement; score: number; weight: number } | null = null;
  for (const video of videos) {
    const score = scoreOf(video);
    const weight = video === current ? score * 1.5 : score;
    if (score > 0 && (!best || weight > best.weight)) best = { video, score, weight };
  }
  return best && { video: best.video, score: best.score };
}

function isShown(video: HTMLVideoElement): boolean {
  return video.checkVisibility({ visibilityProperty: true, opacityProperty: false });
}
