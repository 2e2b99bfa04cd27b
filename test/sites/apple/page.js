/*
 * Apple TV, with what is known to trap programs there: promos play all over the page; the player comes over it, in nested shadow
 * roots (in German) or not; what plays is not in the address, which stays as it is at the next episode; speed is put back there.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, expose, make } from '/kit/page.js';
import { language, words } from '/kit/words.js';

const SHADOWS = ['apple-tv-plus-player', 'amp-video-player-internal', 'amp-video-player'];
// The site goes on where its visitor is, whatever the address.
let episode = Number(sessionStorage.getItem('episode') ?? 1);

const shelf = make('div', { class: 'shelf' }, document.body);
const decoys = addDecoys(shelf);
const style = 'position:fixed;inset:40px 0 0;background:#000;z-index:10';
const dialog = make('div', { style }, document.body);
let inside = dialog;
if (language === 'de')
  for (const tag of SHADOWS) inside = make(tag, {}, inside).attachShadow({ mode: 'open' });
const box = make('div', { 'data-testid': 'video-player' }, inside);
const container = make('div', { 'data-testid': 'video-container' }, box);
const video = make('video', { style: 'width:880px;height:440px' }, container);
const player = new FilmPlayer({ video, ads: 'none' });
addControls(player, box, { toggle: { class: 'controls-play-pause-button' } });
const title = make('p', { 'data-testid': 'player-metadata-title' }, box);
const label = make('p', { 'data-testid': 'player-metadata-subtitle' }, box);
const showTitle = () => {
  title.textContent = 'The Long Night';
  label.textContent = `${language === 'de' ? 'St. 1, Flg.' : 'S1, E'}${episode} · ${words.series}`;
  document.title = 'Apple TV';
};

document.documentElement.lang = language;
showTitle();
await player.load();

expose(player, decoys, {
  next: async () => {
    episode += 1;
    sessionStorage.setItem('episode', String(episode));
    await player.load();
    showTitle();
    video.playbackRate = 1;
    await video.play().catch(() => undefined);
  },
  breakIt: () => {
    box.dataset.testid = 'renamed';
    container.dataset.testid = 'renamed';
  },
});
