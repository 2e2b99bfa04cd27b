/*
 * A video of the past on Twitch: chat of the site's own beside it, banners that bear the same labels as ads but are outside the
 * player, a player that is made anew (`next`), and ads of an element of their own.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, announceAds, clockText, expose, hashed, make } from '/kit/page.js';
import { stealKeys } from '/kit/thieves.js';
import { language, words } from '/kit/words.js';

const box = make('div', { 'data-a-target': 'video-player', class: 'video-player__container' }, document.body);
const inner = make('div', { class: hashed('Layout') }, box);
const video = make('video', {}, inner);
const decoys = addDecoys(make('div', { class: 'channel-home' }, document.body));
const player = new FilmPlayer({
  video,
  ads: 'second',
  makeAdVideo: () => make('video', { style: 'width:300px;height:170px' }, document.body),
});
addControls(player, box, { toggle: { 'data-a-target': 'player-play-pause-button' } });
make('div', { 'data-a-target': 'video-ad-label' }, document.body).textContent = `${words.ad} banner`;
make('textarea', { 'data-a-target': 'chat-input' }, document.body);
announceAds(player, () => {
  const label = make('div', { 'data-a-target': 'video-ad-label' }, inner);
  const left = make('span', { 'data-a-target': 'video-ad-countdown' }, label);
  return { box: label, write: (sec) => (left.textContent = `${words.ad} (${clockText(sec)})`) };
});
stealKeys(player, {
  seekSec: 10,
  toggleKeys: [' ', 'k'],
  isEditable: (target) => target instanceof HTMLTextAreaElement,
});
document.documentElement.lang = language;
let part = 1;
const showTitle = () => {
  document.title = `(1) ${words.series} ${part} - Twitch`;
};
showTitle();
await player.load();

expose(player, decoys, {
  next: async (id) => {
    part += 1;
    history.pushState(null, '', `/videos/${id}${location.search}`);
    await player.load();
    showTitle();
    await video.play().catch(() => undefined);
  },
  breakIt: () => box.setAttribute('data-a-target', 'renamed'),
});
