/* Vimeo: a layer over the film takes the mouse, and other videos stand below. */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, expose, make } from '/kit/page.js';
import { language, words } from '/kit/words.js';

const wrapper = make('div', { class: 'vp-video-wrapper', style: 'position:relative' }, document.body);
const video = make('video', {}, make('div', { class: 'vp-video' }, wrapper));
const layer = make('div', { class: 'target', style: 'position:absolute;inset:0' }, wrapper);
const decoys = addDecoys(document.body);
const player = new FilmPlayer({ video, ads: 'swap' });
layer.onclick = () => player.toggle();
addControls(player, document.body);
let part = 1;
const showTitle = () => (document.title = `${words.series} ${part} on Vimeo`);
document.documentElement.lang = language;
showTitle();
await player.load();

expose(player, decoys, {
  next: async (id) => {
    part += 1;
    history.pushState(null, '', `/${id}${location.search}`);
    await player.load();
    showTitle();
    await video.play().catch(() => undefined);
  },
  breakIt: () => (video.parentElement.className = wrapper.className = 'renamed'),
});
