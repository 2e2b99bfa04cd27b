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
  const stored = async () => {
    const found = await area.get(key).catch(() => null);
    return overlayPlace.catch(FIRST).parse(found?.[key]);
  };
  // Read before anybody asks: whoever is to see the overlay waits for it.
  let known = stored();
  return {
    read: () => known,
    write: (place: OverlayPlace) => {
      known = Promise.resolve(place);
      void area.set({ [key]: place }).catch(() => undefined);
    },
  };
}
