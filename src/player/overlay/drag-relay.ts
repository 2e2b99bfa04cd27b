import type { ToOverlay } from '../../messaging/overlay.ts';

const PRIMARY_BUTTON = 1;

/** Tells the overlay of a pointer that was pressed in it, or in another frame, and has come out into the page. */
export function relayDrags(window: Window, tell: (message: ToOverlay) => void, signal: AbortSignal): void {
  let pressedHere = false;
  const on = (type: 'pointerdown' | 'pointermove' | 'pointerup', handle: (event: PointerEvent) => void) => {
    window.addEventListener(type, (event) => event.isTrusted && handle(event), {
      capture: true,
      passive: true,
      signal,
    });
  };
  on('pointerdown', () => {
    pressedHere = true;
  });
  on('pointermove', ({ buttons, screenX, screenY }) => {
    const down = (buttons & PRIMARY_BUTTON) !== 0;
    if (down && !pressedHere) tell({ type: 'dragged', screenX, screenY, down });
    if (!down) pressedHere = false;
  });
  on('pointerup', ({ screenX, screenY }) => {
    if (!pressedHere) tell({ type: 'dragged', screenX, screenY, down: false });
    pressedHere = false;
  });
}
