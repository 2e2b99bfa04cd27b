/*
 * Paramount+, with what is known to trap programs there: a panel over the page that wants a click first; a trailer above the film
 * in an element that looks like the player's; ads are part of the stream, told by a circle with the seconds left; a frame of
 * another origin, for ads, without a film.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, announceAds, expose, hashed, make } from '/kit/page.js';
import { language, words } from '/kit/words.js';

let episode = 1;

const panel = make('div', { class: 'start-panel-click-overlay' }, document.body);
panel.style.cssText = 'position:fixed;inset:0;background:#000;z-index:10';
const heading = document.querySelector('h1');
panel.append(heading);
panel.onclick = () => {
  document.body.prepend(heading);
  panel.remove();
};
const area = make('div', { class: 'video__player-area' }, document.body);
const skin = make('div', { class: 'aa-player-skin' }, area);
const wrapper = make('div', { class: 'player-wrapper' }, skin);
const video = make('video', {}, wrapper);
const decoys = addDecoys(area, (decoy) => decoy.classList.add('marqueeVideo'));
make('iframe', { src: 'https://imasdk.googleapis.invalid/', width: '400', height: '300' }, document.body);
const player = new FilmPlayer({ video, ads: 'stitched' });
const manager = make('div', { class: 'controls-manager' }, skin);
addControls(player, manager, { toggle: { class: 'btn-play-pause' } });
make('button', { class: 'skip-button', disabled: '' }, manager).textContent = words.next;
announceAds(player, () => {
  const box = make('div', { class: hashed('ad-info-manager') }, skin);
  const left = make('div', { class: 'ad-info-manager-circular-loader-copy' }, box);
  return { box, write: (sec) => (left.textContent = String(Math.ceil(sec))) };
});
const facts = make('script', { type: 'application/ld+json' }, document.head);
const showTitle = () => {
  document.title = `Watch ${words.series} ${episode} - Paramount+`;
  facts.textContent = JSON.stringify({
    '@type': 'TVEpisode',
    name: `Part ${episode}`,
    episodeNumber: episode,
    partOfSeason: { seasonNumber: 1 },
    partOfSeries: { name: words.series },
  });
};

document.documentElement.lang = language;
showTitle();
await player.load();

expose(player, decoys, {
  next: async (id) => {
    episode += 1;
    history.pushState(null, '', `/shows/the-long-night/video/${id}/two/${location.search}`);
    await player.load();
    showTitle();
    await video.play().catch(() => undefined);
  },
  breakIt: () => {
    area.className = 'renamed';
    skin.className = 'renamed';
  },
});
