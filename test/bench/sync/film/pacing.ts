import type { ByteIndex } from './byte-index.ts';
import type { BenchSite } from './site.ts';

/** How much a viewer has in hand. Chromium reads in blocks of 32 kB, which is more than a second of this film. */
const AHEAD_SEC = 6;
const LOOK_EVERY_MS = 100;

export interface Pacing extends Disposable {
  /** From now on nothing more is sent; the viewer plays on until what it has in hand is used up. */
  withhold: () => void;
  goOn: () => void;
}

/**
 * Sends a viewer the film just ahead of where the room is, so that it has hardly anything in hand when the rest is
 * withheld.
 */
export function paceFilm(
  site: BenchSite,
  viewer: string,
  { byteAt, indexFrom }: ByteIndex,
  positionSec: () => number,
): Pacing {
  let held = false;
  const allow = () => {
    if (!held) site.serve(viewer, { untilByte: byteAt(positionSec() + AHEAD_SEC), indexFrom });
  };
  allow();
  const timer = setInterval(allow, LOOK_EVERY_MS);
  return {
    withhold: () => {
      held = true;
    },
    goOn: () => {
      held = false;
      allow();
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
