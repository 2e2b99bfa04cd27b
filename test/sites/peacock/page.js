/*
 * Peacock, with what is known to trap programs there: ads are part of the stream, and an ad is only meant where two marks are on
 * one element, each with a name of its own at each load; where the ads are only the page's own framework knows, and the stream
 * that a reload brings has them again; a short preview has the same kind of element.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, announceAds, expose, hashed, make } from '/kit/page.js';
import { language, words } from '/kit/words.js';

let episode = 1;
let broken = false;

const preview = make('div', { 'data-gsp-shortform-player': '' }, document.body);
const main = make('div', { id: 'mainContainer' }, document.body);
document.body.append(preview);
const box = make('div', { 'data-gsp-video-component': 'true' }, main);
const video = make('video', { id: 'core-video-shaka' }, box);
const decoys = addDecoys(make('div', { 'data-testid': 'video-component' }, preview));
const player = new FilmPlayer({ video, ads: 'stitched', remembers: true });
/** What React keeps on the elements that it has made, for the page's own scripts only. */
const fiber = {
  memoizedProps: { children: [] },
  return: {
    memoizedProps: {
      get allAdBreakData() {
        if (broken) throw new Error('no');
        return player.breaks.map(({ atSec, sec }, index) => ({
          position: atSec,
          expectedDuration: sec,
          type: 'midroll',
          id: `break-${index}`,
        }));
      },
    },
    return: null,
  },
};
box[`__reactFiber$${Math.random().toString(36).slice(2)}`] = fiber;
// Alone it is only the overlay.
const overlay = hashed('pffOverlay');
make('div', { class: overlay }, main).textContent = 'overlay';
addControls(player, main);
const title = make('p', { 'data-testid': 'metadata-title' }, main);
const label = make('p', { 'data-testid': 'metadata-description' }, main);
const showTitle = () => {
  title.textContent = words.series;
  label.textContent = words.episode(1, episode);
};
announceAds(player, () => {
  const box = make('div', { class: `${overlay} ${hashed('adBreakActive')}` }, main);
  box.textContent = words.ad;
  return { box };
});

document.documentElement.lang = language;
showTitle();
await player.load();

expose(player, decoys, {
  next: async (id) => {
    episode += 1;
    history.pushState(null, '', `/watch/playback/vod/${id}/variant-2${location.search}`);
    await player.load();
    showTitle();
    await video.play().catch(() => undefined);
  },
  breakIt: (how) => {
    broken = how === 'throws';
    if (broken) return;
    video.id = 'renamed';
    delete box.dataset.gspVideoComponent;
  },
});
