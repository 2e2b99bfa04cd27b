import type { PlaceMessage } from '../../messaging/kept.ts';
import { OVERLAY_SIZE_PX, overlayPlace, type OverlayPlace } from '../../messaging/overlay.ts';

/** At the right, where films have their least and sites their fewest controls. */
const FIRST: OverlayPlace = {
  x: 1,
  y: 0.35,
  open: false,
  widthPx: OVERLAY_SIZE_PX.width.first,
  heightPx: OVERLAY_SIZE_PX.height.first,
};

/**
 * Where a person has put the overlay on this site. The background keeps it: what this script could read, the process of any page
 * could.
 */
export function overlayPlaces(ask: (message: PlaceMessage) => Promise<unknown>) {
  const kept = async () =>
    overlayPlace.catch(FIRST).parse(await ask({ overlayPlace: null }).catch(() => null));
  // Read before anybody asks: whoever is to see the overlay waits for it.
  let known = kept();
  return {
    read: () => known,
    write: (place: OverlayPlace) => {
      known = Promise.resolve(place);
      void ask({ overlayPlace: place }).catch(() => undefined);
    },
  };
}
