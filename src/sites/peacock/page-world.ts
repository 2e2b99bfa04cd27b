import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { serveBridge, type PagePlayer } from '../serve-bridge.ts';

/** What the site's own components know of an ad in the stream: where in the film, and how long; seconds. */
interface AdBreakData {
  position?: unknown;
  expectedDuration?: unknown;
}
/** The part of React's tree that is used; no element knows its component but by it. */
interface Fiber {
  memoizedProps?: { allAdBreakData?: readonly AdBreakData[] } | null;
  return?: Fiber | null;
}

const VIDEO =
  '#core-video-shaka, #core-video-tape, [data-gsp-video-component="true"] > video, #mainContainer [data-testid="video-component"] video';
const STEPS_AT_MOST = 200;

function findPlayer(): PagePlayer | null {
  const video = document.querySelector<HTMLVideoElement>(VIDEO);
  if (!video) return null;
  return {
    read: () => ({
      adBreaks: adBreakData(video)?.map(({ position, expectedDuration }) => ({
        contentSec: Number(position),
        lengthSec: Number(expectedDuration),
      })),
    }),
  };
}

function adBreakData(video: Element): readonly AdBreakData[] | undefined {
  let fiber = nearestFiber(video);
  for (let step = 0; fiber && step < STEPS_AT_MOST; step += 1) {
    const found = fiber.memoizedProps?.allAdBreakData;
    if (Array.isArray(found)) return found as readonly AdBreakData[];
    fiber = fiber.return ?? null;
  }
  return undefined;
}

function nearestFiber(video: Element): Fiber | null {
  for (let element: Element | null = video; element; element = element.parentElement) {
    const key = Object.keys(element).find((name) => name.startsWith('__reactFiber$'));
    // React's key is another at each load, so no type can name it.
    if (key !== undefined) return (element as unknown as Record<string, Fiber>)[key] ?? null;
  }
  return null;
}

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serveBridge(findPlayer));
