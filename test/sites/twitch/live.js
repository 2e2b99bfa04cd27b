/*
 * A channel of Twitch that is live: how far behind it is, only its player knows, which is deep in React's tree, tells it once a
 * second and not quite; a play after a pause goes to what is being sent; one language's viewers are further behind.
 */
import { addDecoys } from '/kit/decoys.js';
import { LivePlayer } from '/kit/live-player.js';
import { addControls, announceAds, clockText, expose, hashed, make } from '/kit/page.js';
import { stealKeys } from '/kit/thieves.js';
import { language, words } from '/kit/words.js';

const SAYS_EVERY_MS = 1000;
const root = make('div', { id: 'root' }, document.body);
const box = make('div', { 'data-a-target': 'video-player', class: hashed('Layout') }, root);
const video = make('video', {}, box);
const decoys = addDecoys(make('div', { class: 'channel-home' }, document.body));
const player = new LivePlayer({ video, pieces: 6, piecesBehind: language === 'de' ? 1 : 2 });
addControls(player, box, { toggle: { 'data-a-target': 'player-play-pause-button' } });
document.querySelector('#bar').remove();
make('div', { 'data-a-target': 'video-ad-label' }, document.body).textContent = `${words.ad} banner`;
make('textarea', { 'data-a-target': 'chat-input' }, document.body);
announceAds(player, () => {
  const label = make('div', { 'data-a-target': 'video-ad-label' }, box);
  const left = make('span', { 'data-a-target': 'video-ad-countdown' }, label);
  return { box: label, write: (sec) => (left.textContent = `${words.ad} (${clockText(sec)})`) };
});
stealKeys(player, {
  seekSec: 0,
  toggleKeys: [' ', 'k'],
  isEditable: (target) => target instanceof HTMLTextAreaElement,
});

let stood = false;
video.addEventListener('pause', () => (stood = true));
video.addEventListener('play', () => {
  if (stood) setTimeout(() => player.goLive(), 120);
  stood = false;
});

let says = 0;
let broken = false;
setInterval(() => (says = player.behindSec + (Math.random() - 0.5) * 0.2), SAYS_EVERY_MS);
const mediaPlayerInstance = {
  getLiveLatency: () => (broken ? undefined : says),
  isPaused: () => video.paused,
};
root[`__reactContainer$${Math.random().toString(36).slice(2)}`] = {
  memoizedProps: null,
  child: {
    memoizedProps: {},
    child: { memoizedProps: { children: [] }, sibling: { memoizedProps: { mediaPlayerInstance } } },
  },
};
document.documentElement.lang = language;
document.title = `(1) ${words.series} - Twitch`;
await new Promise((resolve) => video.addEventListener('canplay', resolve, { once: true }));
expose(player, decoys, { breakIt: () => (broken = true) });
