import type { Browser } from 'wxt/browser';
import { overlayPlace } from '../messaging/overlay.ts';
import type { OverlayPlaces } from './overlay-places.ts';

const PLACE = 'overlay:';

/**
 * What earlier versions kept for good, by each site's name, and in Firefox of drafts and volumes. Places are taken over, the rest
 * goes.
 */
export async function forgetOld(
  area: Pick<Browser.storage.StorageArea, 'get' | 'remove'>,
  places: Pick<OverlayPlaces, 'write'>,
): Promise<void> {
  const all = Object.entries(await area.get(null));
  const old = all.filter(([key]) => key.startsWith(PLACE) || key.startsWith('draft:') || key === 'hearing');
  for (const [key, value] of old) {
    const place = key.startsWith(PLACE) ? overlayPlace.safeParse(value).data : undefined;
    if (place) await places.write(key.slice(PLACE.length), place);
  }
  if (old.length > 0) await area.remove(old.map(([key]) => key));
}
