/*
 * Prime Video, with what is known to trap programs there: the player lies over a page that goes on playing a trailer; another
 * player was left behind, empty; a button of the page names another episode; titles stay in the page without a size; the next
 * episode has the same address; ads are part of the stream, also of the one that a reload brings, and the page's own clock is
 * gone meanwhile; jumps in quick succession leave it loading for ever.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, announceAds, clockText, expose, hashed, make, showClock } from '/kit/page.js';
import { language, words } from '/kit/words.js';

const TOO_QUICK_MS = 700;
// The site goes on where its visitor is, whatever the address.
let episode = Number(sessionStorage.getItem('episode') ?? 7);

const draper = make('div', { class: 'draper-player-container' }, document.body);
const resume = make('button', { class: `dv-node-dp-action-box ${hashed('_1x')}` }, document.body);
resume.textContent = 'Resume S3 E12';
const decoys = addDecoys(draper);
const leftBehind = make('div', { id: 'dv-web-player-2' }, document.body);
make('div', { class: 'atvwebplayersdk-title-text' }, leftBehind);
make('video', { style: 'width:0;height:0' }, leftBehind);

const web = make('div', { id: 'dv-web-player', class: 'dv-player-fullscreen' }, document.body);
web.style.cssText = 'position:fixed;inset:40px 0 0;background:#000;z-index:10';
const container = make('div', { class: `atvwebplayersdk-player-container ${hashed('_2y')}` }, web);
const surface = make('div', { class: 'atvwebplayersdk-video-surface' }, container);
const video = make('video', { 'aria-hidden': 'true' }, surface);
const player = new FilmPlayer({ video, ads: 'stitched', remembers: true });

let foreign = { seeks: 0, atMs: -Infinity };
player.addEventListener('seeking', () => {
  if (player.foreignSeeks === foreign.seeks) return;
  const atMs = performance.now();
  if (atMs - foreign.atMs < TOO_QUICK_MS) player.error = 'loads for ever';
  foreign = { seeks: player.foreignSeeks, atMs };
});

const texts = make('div', { style: 'height:0;overflow:hidden' }, container);
const title = make('div', { class: 'atvwebplayersdk-title-text' }, texts);
const label = make('span', { class: 'atvwebplayersdk-episode-info' }, texts);
addControls(player, container, { toggle: { 'aria-label': words.play } });
let indicator = null;
const makeIndicator = () => {
  indicator = make('div', { class: 'atvwebplayersdk-timeindicator-text' }, container);
  indicator.textContent = '\u00a0';
};
showClock(player, (sec) => {
  const text = `${clockText(sec)} / ${clockText(player.durationSec - sec)}`;
  if (indicator.textContent !== text) indicator.textContent = text;
});
const showTitle = () => {
  title.textContent = words.series;
  label.textContent = `${words.episode(3, episode).replace(':', ' ')} Seven`;
  document.title = `Prime Video: ${words.series}`;
};
announceAds(player, () => {
  indicator.remove();
  player.addEventListener('adend', makeIndicator, { once: true });
  const box = make('div', { class: 'atvwebplayersdk-ad-timer' }, container);
  const left = make('span', { class: 'atvwebplayersdk-ad-timer-remaining-time' }, box);
  return { box, write: (sec) => (left.textContent = `${words.ad} ${clockText(sec)}`) };
});

document.documentElement.lang = language;
document.body.style.overflow = 'hidden';
makeIndicator();
showTitle();
await player.load();

expose(player, decoys, {
  next: async () => {
    episode += 1;
    sessionStorage.setItem('episode', String(episode));
    await player.load();
    showTitle();
    await video.play().catch(() => undefined);
  },
  breakIt: () => {
    web.id = 'renamed';
  },
});
