/*
 * Hulu, with what is known to trap programs there: ads and the intro have elements of their own, larger or earlier in the page
 * than the film's, which is paused and hidden meanwhile; the next episode comes into the same element.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, announceAds, expose, make } from '/kit/page.js';
import { language, words } from '/kit/words.js';

let episode = 1;
const root = make('div', { id: 'web-player-app' }, document.body);
const intro = make('div', { class: 'IntroPlayer IntroPlayer--hidden' }, root);
make('video', { id: 'intro-video-player', style: 'display:none' }, intro);
const adPlayer = make('div', { class: 'AdPlayer AdPlayer--hidden' }, root);
const video = make('video', { id: 'content-video-player' }, root);
const decoys = addDecoys(document.body);
const player = new FilmPlayer({
  video,
  ads: 'second',
  makeAdVideo: () => make('video', { id: 'ad-video-player' }, adPlayer),
});
// Only the page's own scripts see it.
video.__HuluDashPlayer__ = { play: () => video.play(), pause: () => video.pause() };

addControls(player, root, {
  toggle: { 'data-testid': 'playButton' },
  bar: { class: 'Timeline__slider', role: 'slider' },
});
const title = make('p', { class: 'PlayerMetadata__titleText' }, root);
const label = make('p', { class: 'PlayerMetadata__subTitle' }, root);
const showTitle = () => {
  title.textContent = words.series;
  label.textContent = `${words.episode(1, episode)} - ${episode}`;
  document.title = 'Watch | Hulu';
};
announceAds(player, () => {
  adPlayer.classList.remove('AdPlayer--hidden');
  player.addEventListener('adend', () => adPlayer.classList.add('AdPlayer--hidden'), { once: true });
  const box = make('div', { class: 'AdUnitView' }, root);
  const bar = make('div', { class: 'AdUnitView__adBar' }, box);
  return { box, write: (sec) => (bar.textContent = `${words.ad} ${Math.ceil(sec)}`) };
});

document.documentElement.lang = language;
showTitle();
await player.load();

expose(player, decoys, {
  next: async (id) => {
    episode += 1;
    history.pushState(null, '', `/watch/${id}${location.search}`);
    await player.load();
    showTitle();
    await video.play().catch(() => undefined);
  },
  breakIt: () => (video.id = 'renamed'),
});
