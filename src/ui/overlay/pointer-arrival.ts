/** A page can put this frame under a pointer that is about to press, but no faster than this is it seen and understood. */
const THERE_FOR_MS = 250;
/** A hand on its way to something in this frame moves further than one that only trembles. */
const MEANT_PX = 8;

/**
 * Tells whether the pointer has come here by itself: `false` as it appears, `true` once it has moved here or rested for a
 * while. Otherwise the second click of a double click, or one that a closing window lets fall, would press what its
 * person has never seen. A finger has no pointer that could be somewhere before it presses.
 */
export function watchArrival(root: HTMLElement, told: (arrived: boolean) => void, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from: { x: number; y: number } | null = null;
  const arrived = () => {
    clearTimeout(timer);
    from = null;
    told(true);
  };
  root.addEventListener(
    'pointerenter',
    ({ pointerType, buttons, screenX, screenY }) => {
      // Whoever drags something from here comes back with it.
      if (pointerType !== 'mouse' || buttons !== 0) return;
      from = { x: screenX, y: screenY };
      clearTimeout(timer);
      timer = setTimeout(arrived, THERE_FOR_MS);
      told(false);
    },
    { signal },
  );
  root.addEventListener(
    'pointermove',
    ({ screenX, screenY }) => {
      if (from && Math.hypot(screenX - from.x, screenY - from.y) >= MEANT_PX) arrived();
    },
    { signal },
  );
  // Out of here it can press nothing, and the next time it has to come anew.
  root.addEventListener('pointerleave', arrived, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
}
