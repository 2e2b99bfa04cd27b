/** A page can put this frame under a pointer that is about to press, but no faster than this is it seen and understood. */
const THERE_FOR_MS = 250;
/** A hand on its way to something in this frame moves further than one that only trembles. */
const MEANT_PX = 8;

/**
 * Tells whether the pointer has come to what is under it by itself: `false` as it appears in this frame, or as the frame
 * gets another size or scale under it; `true` once it has moved here or rested for a while. Otherwise the second click of a
 * double click, or one that a closing window lets fall, would press what its person has never seen. A finger has no pointer
 * that could be somewhere before it presses.
 */
export function watchArrival(window: Window, told: (arrived: boolean) => void, signal: AbortSignal): void {
  const root = window.document.documentElement;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from: { x: number; y: number } | null = null;
  const arrived = () => {
    clearTimeout(timer);
    timer = undefined;
    told(true);
  };
  const displaced = (at: typeof from) => {
    from = at;
    clearTimeout(timer);
    timer = setTimeout(arrived, THERE_FOR_MS);
    told(false);
  };
  root.addEventListener(
    'pointerenter',
    ({ pointerType, buttons, screenX, screenY }) => {
      // Whoever drags something from here comes back with it.
      if (pointerType === 'mouse' && buttons === 0) displaced({ x: screenX, y: screenY });
    },
    { signal },
  );
  root.addEventListener(
    'pointermove',
    ({ screenX, screenY }) => {
      if (timer === undefined) return;
      from ??= { x: screenX, y: screenY };
      if (Math.hypot(screenX - from.x, screenY - from.y) >= MEANT_PX) arrived();
    },
    { signal },
  );
  // Out of here it can press nothing, and the next time it has to come anew.
  root.addEventListener('pointerleave', arrived, { signal });
  window.addEventListener('resize', () => displaced(null), { signal });
  onScaled(window, () => displaced(null), signal);
  signal.addEventListener('abort', () => clearTimeout(timer));
}

/** A page can zoom what stands in it, frames of others included, without any other size of theirs. */
function onScaled(window: Window, scaled: () => void, signal: AbortSignal): void {
  const next = () => {
    const now = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const changed = () => {
      scaled();
      next();
    };
    now.addEventListener('change', changed, { once: true, signal });
  };
  next();
}
