import { useRef } from 'preact/hooks';
import type { FromOverlay } from '../../messaging/overlay.ts';

const STEP_PX = 24;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Moving the overlay by pointer or keys. */
export function useDrag(tell: (message: FromOverlay) => void) {
  // Of the screen: the page itself moves under the pointer.
  const at = useRef<{ x: number; y: number } | null>(null);
  const pointer = {
    onPointerDown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      at.current = { x: event.screenX, y: event.screenY };
    },
    onPointerMove: ({ screenX, screenY }: PointerEvent) => {
      if (!at.current) return;
      tell({ streamsync: 'move', dxPx: screenX - at.current.x, dyPx: screenY - at.current.y });
      at.current = { x: screenX, y: screenY };
    },
    onPointerUp: () => {
      at.current = null;
    },
  };
  const keys = {
    onKeyDown: (event: KeyboardEvent) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      tell({ streamsync: 'move', dxPx: arrow[0] * STEP_PX, dyPx: arrow[1] * STEP_PX });
    },
  };
  return { pointer, keys };
}
