import { OVERLAY_SIZE_PX, type OverlayPlace } from '../../messaging/overlay.ts';

/** In CSS pixels, as everything here. */
export interface Size {
  width: number;
  height: number;
}
export interface Box extends Size {
  left: number;
  top: number;
}

/** Between the overlay and the window's edges. */
export const MARGIN_PX = 12;

/** The part of the window that something so large leaves free to move in. */
function free(size: Size, window: Size): Size {
  return {
    width: Math.max(0, window.width - size.width - 2 * MARGIN_PX),
    height: Math.max(0, window.height - size.height - 2 * MARGIN_PX),
  };
}

/** No larger than the window. */
function fitting(size: Size, window: Size): Size {
  return {
    width: Math.max(1, Math.min(size.width, window.width - 2 * MARGIN_PX)),
    height: Math.max(1, Math.min(size.height, window.height - 2 * MARGIN_PX)),
  };
}

/** Where an overlay of that place stands. */
export function boxOf(place: OverlayPlace, folded: Size, window: Size): Box {
  const size = fitting(place.open ? { width: place.widthPx, height: place.heightPx } : folded, window);
  const room = free(size, window);
  return {
    left: MARGIN_PX + place.x * room.width,
    top: MARGIN_PX + place.y * room.height,
    ...size,
  };
}

/** The place after it was moved by so much. */
export function movedBy(
  place: OverlayPlace,
  dx: number,
  dy: number,
  folded: Size,
  window: Size,
): OverlayPlace {
  const box = boxOf(place, folded, window);
  return { ...place, ...placed(box.left + dx, box.top + dy, box, window, place) };
}

/** The place after its lower left corner was moved by so much; the upper right one stays. */
export function resizedBy(place: OverlayPlace, dx: number, dy: number, window: Size): OverlayPlace {
  const box = boxOf(place, { width: 1, height: 1 }, window);
  const right = box.left + box.width;
  const size = {
    width: within(
      box.width - dx,
      OVERLAY_SIZE_PX.width.min,
      Math.min(right - MARGIN_PX, OVERLAY_SIZE_PX.width.max),
    ),
    height: within(
      box.height + dy,
      OVERLAY_SIZE_PX.height.min,
      Math.min(window.height - MARGIN_PX - box.top, OVERLAY_SIZE_PX.height.max),
    ),
  };
  const at = placed(right - size.width, box.top, size, window, place);
  return { ...place, ...at, widthPx: size.width, heightPx: size.height };
}

function placed(left: number, top: number, size: Size, window: Size, before: OverlayPlace) {
  const room = free(size, window);
  // Where it fills the window it has no place of its own, and keeps the one it had.
  return {
    x: room.width === 0 ? before.x : within((left - MARGIN_PX) / room.width, 0, 1),
    y: room.height === 0 ? before.y : within((top - MARGIN_PX) / room.height, 0, 1),
  };
}

function within(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}
