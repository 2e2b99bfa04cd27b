/*
 * Emby on somebody's own machine: what plays is told by the source of its element, as long as it is played as it is stored.
 * (`breakIt`: a conversion on the way, whose clock begins anew wherever one jumps to.)
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, expose, make } from '/kit/page.js';
import { stealKeys } from '/kit/thieves.js';
import { language } from '/kit/words.js';

const box = make('div', { class: 'videoPlayerContainer' }, document.body);
const video = make('video', { class: 'htmlvideoplayer' }, box);
const heading = make('h1', { class: 'videoOsdTitle' }, document.body);
const decoys = addDecoys(document.body);
const player = new FilmPlayer({ video, ads: 'swap' });
/** As it is stored, which a browser asks for piece by piece. */
const load = async (source) => {
  video.src = source;
  await new Promise((resolve) => video.addEventListener('loadedmetadata', resolve, { once: true }));
};
addControls(player, document.body);
stealKeys(player, { seekSec: 10, toggleKeys: [' ', 'k'] });
// A reload takes up again what was on.
let id = sessionStorage.getItem('item') ?? '4711';
let episode = 1;
const showTitle = () => (heading.textContent = `The Long Night - S1:E${episode}`);
document.documentElement.lang = language;
showTitle();
await load(`/emby/videos/${id}/stream.webm?static=true`);

expose(player, decoys, {
  next: async (nextId) => {
    id = nextId;
    sessionStorage.setItem('item', id);
    episode += 1;
    await load(`/emby/videos/${id}/stream.webm?static=true`);
    showTitle();
    await video.play().catch(() => undefined);
  },
  breakIt: (how) =>
    how === 'converted'
      ? void load(`/emby/videos/${id}/stream.webm?StartTimeTicks=300000000`)
      : void (video.className = 'renamed'),
});
