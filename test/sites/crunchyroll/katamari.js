/*
 * Crunchyroll as it is since spring 2026: the player in the page, its element without a source of its own name, a place to
 * resume that is applied a second after the start unless a jump came first, and the next episode in the same element.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, expose, hashed, make } from '/kit/page.js';
import { language, words } from '/kit/words.js';

const RESUME = { atSec: 20, afterMs: 1000 };
let episode = 1;
const heading = make('h1', { class: 'title' }, document.body);
const box = make('div', { id: 'player-container', class: `katamariDesktop ${hashed('k')}` }, document.body);
const video = make('video', { id: 'bitmovinplayer-video-null' }, box);
const decoys = addDecoys(document.body);
const player = new FilmPlayer({ video, ads: 'swap' });
addControls(player, make('div', { 'data-testid': 'player-controls-root' }, box), {
  toggle: { 'data-testid': 'play-pause-button' },
});
const showTitle = () => {
  heading.textContent = `E${episode} - ${words.series}`;
  document.title = `${heading.textContent} - Watch on Crunchyroll`;
};
document.documentElement.lang = language;
showTitle();
await player.load();
video.addEventListener(
  'play',
  () =>
    setTimeout(() => {
      if (player.foreignSeeks === 0) player.setElementTime(RESUME.atSec);
    }, RESUME.afterMs),
  { once: true },
);

expose(player, decoys, {
  next: async (id) => {
    episode += 1;
    history.pushState(null, '', `/watch/${id}/slug${location.search}`);
    await player.load();
    showTitle();
    video.playbackRate = 1;
    await video.play().catch(() => undefined);
  },
  breakIt: () => (box.id = 'renamed'),
});
