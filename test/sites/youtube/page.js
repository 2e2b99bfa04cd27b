/*
 * YouTube, with what is known to break programs there: the player's methods are on its element, for the page's own scripts
 * only; an ad takes the film's element, with a clock and a length of its own, or (`?stitched`) is part of the stream; a new
 * film comes without a load, and old parts of the page stay, hidden; what others put into the page is thrown out.
 */
import { answerTop } from '/kit/embed.js';
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { stealKeys } from '/kit/thieves.js';
import { language, words } from '/kit/words.js';

/** How often the player's own clock moves, whoever looks. */
const CLOCK_STEP_MS = 250;
const SKIP_AFTER_SEC = 2;

const options = new URLSearchParams(location.search);
const make = (tag, className, parent) => {
  const element = document.createElement(tag);
  element.className = className;
  parent?.append(element);
  return element;
};
const embedded = location.pathname.startsWith('/embed/');
const idOf = () => new URLSearchParams(location.search).get('v') ?? location.pathname.split('/').at(-1);

const app = document.querySelector('ytd-app');
const flexy = make('ytd-watch-flexy', '', app);
const old = make('ytd-watch-flexy', '', app);
old.hidden = true;
const previewBox = make('div', '', app);
previewBox.id = 'inline-preview-player';
const shorts = make('div', '', app);
shorts.id = 'shorts-player';
const moviePlayer = make('div', 'html5-video-player paused-mode', flexy);
moviePlayer.id = 'movie_player';
const video = make('video', 'video-stream html5-main-video', moviePlayer);
const metadata = make('ytd-watch-metadata', '', flexy);
const title = make('div', '', metadata);
title.id = 'title';
const heading = make('h1', '', title);

const decoys = addDecoys(document.body, (decoy, kind) => {
  const box = { preview: previewBox, trailer: shorts, small: old }[kind];
  if (box) setTimeout(() => box.append(decoy));
});
const player = new FilmPlayer({ video, ads: options.has('stitched') ? 'stitched' : 'swap' });

let clockSec = 0;
const moveClock = () => (clockSec = player.contentSec());
setInterval(moveClock, CLOCK_STEP_MS);
video.addEventListener('pause', moveClock);
let broken = null;
const works = () => {
  if (broken === 'throws') throw new Error('no');
};
const api = {
  getCurrentTime: () => {
    works();
    return clockSec;
  },
  getDuration: () => (player.ad && player.ads === 'swap' ? video.duration : player.durationSec),
  getVideoData: () => ({ video_id: player.ad ? 'AdAdAdAdAdA' : idOf(), title: heading.textContent }),
  getPlayerState: () => (video.paused ? 2 : 1),
  playVideo: () => void video.play(),
  pauseVideo: () => video.pause(),
  seekTo: (sec) => {
    works();
    player.seek(sec);
    moveClock();
  },
};
setTimeout(() => Object.assign(moviePlayer, api), 700);

const bar = make('div', 'ytp-progress-bar', moviePlayer);
bar.onclick = (event) => {
  const { left, width } = bar.getBoundingClientRect();
  player.seek(((event.clientX - left) / width) * player.durationSec);
};
const button = make('button', 'ytp-play-button', moviePlayer);
button.onclick = () => player.toggle();
const show = () => {
  button.textContent = video.paused ? words.play : words.pause;
  moviePlayer.classList.toggle('paused-mode', video.paused);
};
video.addEventListener('play', show);
video.addEventListener('pause', show);
video.addEventListener('click', () => player.toggle());
make('button', 'speed', moviePlayer).onclick = () => (video.playbackRate = 1.5);

player.addEventListener('adstart', () => {
  const shown = () => {
    moviePlayer.classList.add('ad-showing', 'ad-interrupting');
    const overlay = make('div', 'ytp-ad-player-overlay', moviePlayer);
    const left = make('span', 'ytp-ad-duration-remaining', overlay);
    const drawing = setInterval(() => {
      if (!player.ad) return clearInterval(drawing);
      const sec = player.ad.leftSec();
      left.textContent = `0:${String(Math.ceil(sec)).padStart(2, '0')}`;
    }, 100);
    setTimeout(
      () => (make('button', 'ytp-skip-ad-button', overlay).onclick = () => player.skipAd()),
      SKIP_AFTER_SEC * 1000,
    );
  };
  shown();
});
player.addEventListener('adend', () => {
  moviePlayer.classList.remove('ad-showing', 'ad-interrupting');
  moviePlayer.querySelector('.ytp-ad-player-overlay')?.remove();
});

stealKeys(player, {
  seekSec: 5,
  toggleKeys: ['k', ' '],
  isEditable: (target) => target instanceof HTMLInputElement,
});
// What does not belong there goes.
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes) if (node.nodeName.startsWith('STREAM')) node.remove();
}).observe(document.body, { childList: true });

let episode = 1;
const showTitle = () => {
  heading.textContent = `${words.series} ${episode}`;
  document.title = `(2) ${heading.textContent} - YouTube`;
  flexy.setAttribute('video-id', idOf());
};
document.documentElement.lang = language;
showTitle();
show();
await player.load();

globalThis.fixture = {
  truth: () => ({
    ...player.truth(),
    error: null,
    foreignSeeks: player.foreignSeeks,
    decoysTouched: decoys.touched(),
  }),
  showAd: (sec) => void player.showAd(sec),
  next: async (id) => {
    document.dispatchEvent(new CustomEvent('yt-navigate-start'));
    episode += 1;
    const search = new URLSearchParams(location.search);
    search.set('v', id);
    history.pushState(null, '', `/watch?${search}`);
    await player.load();
    showTitle();
    document.dispatchEvent(new CustomEvent('yt-navigate-finish'));
    await video.play().catch(() => undefined);
  },
  breakIt: (how) => {
    if (how === 'no-global') for (const name of Object.keys(api)) Reflect.deleteProperty(moviePlayer, name);
    else if (how === 'no-selector') moviePlayer.id = 'renamed';
    else broken = how;
  },
};
if (embedded) answerTop();
