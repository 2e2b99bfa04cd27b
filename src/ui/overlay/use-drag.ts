import { useRef } from 'preact/hooks';
import { useHeard, type OverlayLine } from './greeting.ts';

const STEP_PX = 24;
/** A hand that presses trembles so much. */
const PRESS_PX = 4;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Dragging something by pointer or keys; told by how many CSS pixels. */
export function useDrag(line: OverlayLine, dragged: (dxPx: number, dyPx: number) => void) {
  // Of the screen: the page itself moves under the pointer.
  const at = useRef<{ x: number; y: number } | null>(null);
  const travelledPx = useRef(0);
  const letGo = () => {
    at.current = null;
  };
  const moveTo = ({ screenX, screenY }: { screenX: number; screenY: number }) => {
    if (!at.current) return;
    const [dx, dy] = [screenX - at.current.x, screenY - at.current.y];
    travelledPx.current += Math.abs(dx) + Math.abs(dy);
    dragged(dx, dy);
    at.current = { x: screenX, y: screenY };
  };
  // Not every pointer that leaves the frame is told to it, captured or not.
  useHeard(line, (message) => {
    if (message.type !== 'dragged') return;
    moveTo(message);
    if (!message.down) letGo();
  });
  const pointer = {
    onPointerDown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      // A button in what is dragged is for pressing, unless it is what is dragged.
      const button = event.target instanceof Element && event.target.closest('button');
      if (button && button !== event.currentTarget) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      at.current = { x: event.screenX, y: event.screenY };
      travelledPx.current = 0;
    },
    onPointerMove: moveTo,
    onPointerUp: letGo,
    onPointerCancel: letGo,
  };
  const keys = {
    onKeyDown: (event: KeyboardEvent) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      dragged(arrow[0] * STEP_PX, arrow[1] * STEP_PX);
    },
  };
  /** Whether what was just let go of was moved, and so not pressed. */
  const wasDragged = () => travelledPx.current > PRESS_PX;
  return { pointer, keys, wasDragged };
}
