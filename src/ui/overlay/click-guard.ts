import { useEffect, useState } from 'preact/hooks';
import { watchArrival } from './pointer-arrival.ts';

/** A press is only meant for what one has had the time to see. */
const SEEN_FOR_MS = 250;
/** The least that browsers allow for `trackVisibility`. */
const LOOK_EVERY_MS = 100;
/**
 * Chromium may tell that this frame is out of sight and never that it is back: what changes before it looks again is lost where the
 * page draws nothing after it. Who asks anew is told what is so now.
 */
const ASK_AGAIN_MS = 200;

/** Intersection Observer v2, which Chromium has; not in TypeScript's DOM. */
type VisibilityInit = IntersectionObserverInit & { trackVisibility: true; delay: number };
type VisibilityEntry = IntersectionObserverEntry & { isVisible?: boolean };

/**
 * A page may lay something over this frame, see-through for the pointer, and have people press what they cannot see. So
 * nothing here can be pressed (`data-unarmed`, see the styles) until the browser has said for a while that it is seen
 * whole, undimmed and undistorted. Where the browser does not say such things, only the time counts. Nor can anything be
 * pressed by a pointer under which this frame was put.
 *
 * @returns whether somebody pressed while something lay over it
 */
export function useClickGuard(box: { current: HTMLElement | null }, onCovered: () => void): boolean {
  const [pressedCovered, setPressedCovered] = useState(false);
  useEffect(() => {
    const shown = box.current;
    if (!shown) return;
    const gone = new AbortController();
    const { dataset } = document.documentElement;
    let seen = false;
    let seenLong = false;
    let arrived = true;
    // Coming to the front takes it out of sight for a moment: who presses fast would keep it there.
    let toldCovered = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arm = () => {
      if (seenLong && arrived) delete dataset.unarmed;
      else dataset.unarmed = '';
    };
    const see = (visible: boolean) => {
      seen = visible;
      clearTimeout(timer);
      if (!visible) {
        seenLong = false;
        timer = setTimeout(() => {
          observer.unobserve(shown);
          observer.observe(shown);
        }, ASK_AGAIN_MS);
      } else {
        toldCovered = false;
        timer = setTimeout(() => {
          seenLong = true;
          arm();
          setPressedCovered(false);
        }, SEEN_FOR_MS);
      }
      arm();
    };
    const observer = new IntersectionObserver(
      (entries) => {
        const entry: VisibilityEntry | undefined = entries.at(-1);
        see(entry?.isVisible ?? entry?.isIntersecting ?? false);
      },
      { threshold: [0, 0.9, 1], trackVisibility: true, delay: LOOK_EVERY_MS } as VisibilityInit,
    );
    arm();
    observer.observe(shown);
    watchArrival(
      window,
      (now) => {
        arrived = now;
        arm();
      },
      gone.signal,
    );
    window.addEventListener(
      'pointerdown',
      ({ isTrusted }) => {
        if (!isTrusted || seen) return;
        setPressedCovered(true);
        if (!toldCovered) onCovered();
        toldCovered = true;
      },
      { capture: true, signal: gone.signal },
    );
    return () => {
      gone.abort();
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);
  return pressedCovered;
}
