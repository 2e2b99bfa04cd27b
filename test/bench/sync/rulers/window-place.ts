import type { Page } from 'playwright';
import type { Place } from './pixels.ts';

/** Where the film of a window stands on its screen, in pixels of the screen. */
export function placeOfFilm(page: Page): Promise<Place> {
  return page.evaluate(lookInPage);
}

/** Runs in the page: it is sent as text, so it is self-contained. */
function lookInPage(): Place {
  const film = document.querySelector('#film');
  if (!film) throw new Error('no film here');
  const { left, top } = film.getBoundingClientRect();
  // What a window has beside its page lies above it, but for equal borders.
  const border = (outerWidth - innerWidth) / 2;
  return { left: screenX + border + left, top: screenY + (outerHeight - innerHeight - border) + top };
}
