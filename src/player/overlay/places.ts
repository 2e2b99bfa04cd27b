import { OVERLAY_SIZE_PX, overlayPlace, type OverlayPlace } from '../../messaging/overlay.ts';

interface Area {
  get: (key: string) => Promise<Record<string, unknown>>;
  set: (items: Record<string, unknown>) => Promise<void>;
}

/** At the right, where films have their least and sites their fewest controls. */
const FIRST: OverlayPlace = {
  x: 1,
  y: 0.35,
  open: false,
  widthPx: OVERLAY_SIZE_PX.width.first,
  heightPx: OVERLAY_SIZE_PX.height.first,
};

/** Where a person has put the overlay on one site. */
export function overlayPlaces(area: Area, host: string) {
  const key = `overlay:${host}`;
  return {
    read: async () => {
      const stored = await area.get(key).catch(() => null);
      return overlayPlace.catch(FIRST).parse(stored?.[key]);
    },
    write: (place: OverlayPlace) => void area.set({ [key]: place }).catch(() => undefined),
  };
}
