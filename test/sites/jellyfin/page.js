/*
 * Jellyfin on somebody's own machine: the address says that something plays, not what; that is in a button of the player, and is
 * set only after the next film is in. Its keys are taken wherever they are pressed.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, expose, make } from '/kit/page.js';
import { stealFocus, stealKeys } from '/kit/thieves.js';
import { language, words } from '/kit/words.js';

const box = make('div', { class: 'videoPlayerContainer videoPlayerContainer-onTop' }, document.body);
const video = make('video', { class: 'htmlvideoplayer', playsinline: '' }, box);
const heading = make('h1', { class: 'pageTitle' }, make('div', { class: 'skinHeader' }, document.body));
const osd = make('div', { id: 'videoOsdPage' }, document.body);
// A reload takes up again what was on.
const item = sessionStorage.getItem('item') ?? '0123456789abcdef0123456789abcdef';
const rating = make('button', { class: 'btnUserRating', 'data-id': item }, osd);
const decoys = addDecoys(make('div', { class: 'itemBackdrop' }, document.body));
const player = new FilmPlayer({ video, ads: 'swap' });
addControls(player, osd, { bar: { class: 'osdPositionSlider' } });
stealKeys(player, { seekSec: 10, toggleKeys: [' ', 'k'] });
stealFocus(box);
let episode = 1;
// A library has its names in one language, whatever that of its visitors.
const showTitle = () => (heading.textContent = `The Long Night - S1:E${episode} - ${words.play}`);
document.documentElement.lang = language;
showTitle();
await player.load();

expose(player, decoys, {
  next: async (id) => {
    episode += 1;
    await player.load();
    showTitle();
    rating.dataset.id = id;
    sessionStorage.setItem('item', id);
    await video.play().catch(() => undefined);
  },
  breakIt: () => (video.className = 'renamed'),
});
