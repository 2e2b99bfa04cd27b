/*
 * Netflix, with what is known to break programs there: the player's API is deep in a global, late, and names sessions that
 * are not the film; a seek that does not come through it ends in error M7375, and so do many in a short time; jumps land on
 * key frames; ads are part of the stream and no event tells of them; controls and title leave the page when idle.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { stealFocus, stealKeys } from '/kit/thieves.js';
import { language, words } from '/kit/words.js';

const API_LATE_MS = 2000;
const SEEK_TAKES_MS = 120;
const KEY_FRAMES_SEC = 2;
const IDLE_MS = 3000;
/** More jumps than these are taken for an attack. */
const SEEKS = { atMost: 4, inMs: 3000 };

const make = (tag, uia, parent) => {
  const element = document.createElement(tag);
  if (uia) element.dataset.uia = uia;
  parent?.append(element);
  return element;
};

const root = document.querySelector('#appMountPoint');
const view = make('div', undefined, root);
view.className = 'watch-video watch-video--player-view';
const canvas = make('div', 'video-canvas', view);
const video = make('video', undefined, canvas);
video.disablePictureInPicture = true;
video.playsInline = true;

const decoys = addDecoys(root, (decoy) => {
  const box = make('div');
  box.className = 'preview-video';
  root.append(box);
  box.append(decoy);
});
const player = new FilmPlayer({ video, ads: 'stitched' });
let movieId = Number(location.pathname.split('/').at(-1));
let error = null;
let episode = 1;

function fail(code) {
  if (error) return;
  error = code;
  video.pause();
  const page = make('div', 'error-page', view);
  page.className = 'error-page--content';
  page.textContent = `${words.error} ${code}`;
}

player.addEventListener('seeking', () => {
  if (player.foreignSeeks > 0) fail('M7375');
});

const adsOn = new Set();
const seeks = [];
function apiSeek(ms, own = false) {
  if (player.ad) return;
  if (!own) {
    const now = performance.now();
    seeks.push(now);
    if (seeks.filter((atMs) => now - atMs < SEEKS.inMs).length > SEEKS.atMost) fail('M7375');
  }
  const landsSec = own ? ms / 1000 : Math.round(ms / 1000 / KEY_FRAMES_SEC) * KEY_FRAMES_SEC;
  setTimeout(() => player.seek(landsSec), SEEK_TAKES_MS);
}

const film = {
  play: () => void video.play(),
  pause: () => video.pause(),
  seek: (ms) => apiSeek(ms),
  getCurrentTime: () => Math.round(video.currentTime * 1000),
  getSegmentTime: () => Math.round(player.contentSec() * 1000),
  getDuration: () => player.durationSec * 1000,
  getPaused: () => video.paused,
  isReady: () => !player.loading,
  getMovieId: () => movieId,
  getElement: () => canvas,
  getAdManager: () => ({
    adPresenting: {
      get value() {
        return player.ad !== null;
      },
      addListener: (heard) => adsOn.add(heard),
    },
    getAds: () => [],
    canSeek: () => player.ad === null,
  }),
};
/** A preview's session: it takes every order and does nothing. */
const preview = {
  ...film,
  seek: () => undefined,
  getMovieId: () => 1,
  getCurrentTime: () => 5000,
  getSegmentTime: () => 5000,
};
let sessions = [];
let broken = null;
const videoPlayer = {
  getAllPlayerSessionIds: () => (broken === 'no-sessions' ? [] : sessions),
  getVideoPlayerBySessionId: (id) => {
    if (broken === 'throws') throw new Error('no');
    return id.startsWith('watch-') ? film : preview;
  },
};
function showApi() {
  globalThis.netflix = { appContext: { state: { playerApp: { getAPI: () => ({ videoPlayer }) } } } };
  sessions = [];
  setTimeout(() => (sessions = ['motion-billboard-1']), 300);
  setTimeout(() => (sessions = ['motion-billboard-1', `watch-${movieId}`, 'motion-billboard-2']), 600);
}
setTimeout(showApi, API_LATE_MS);

// Controls: there while the mouse moves, gone from the page a little later.
let controls = null;
let idle;
function showControls() {
  clearTimeout(idle);
  idle = setTimeout(() => {
    controls?.remove();
    controls = null;
  }, IDLE_MS);
  if (controls) return;
  controls = make('div', 'controls-standard', view);
  const title = make('div', 'video-title', controls);
  const heading = make('h4', undefined, title);
  const label = make('span', undefined, title);
  const bar = make('div', 'timeline-bar', controls);
  const toggle = make('button', undefined, controls);
  make('button', 'control-forward10', controls).onclick = () =>
    apiSeek((player.contentSec() + 10) * 1000, true);
  const draw = () => {
    heading.textContent = player.ad ? words.returns : words.series;
    label.textContent = player.ad ? '' : words.episode(1, episode);
    toggle.dataset.uia = video.paused ? 'control-play-pause-play' : 'control-play-pause-pause';
    toggle.textContent = video.paused ? words.play : words.pause;
  };
  draw();
  const drawing = setInterval(() => (controls ? draw() : clearInterval(drawing)), 100);
  toggle.onclick = () => player.toggle();
  bar.onclick = (event) => {
    const { left, width } = bar.getBoundingClientRect();
    apiSeek(((event.clientX - left) / width) * player.durationSec * 1000, true);
  };
}
document.addEventListener('mousemove', showControls);

player.addEventListener('adstart', () => {
  const box = make('div', 'ads-info-container', view);
  make('span', 'ads-info-text', box).textContent = words.ad;
  const time = make('span', 'ads-info-time', box);
  const drawing = setInterval(() => {
    if (!player.ad) return clearInterval(drawing);
    time.textContent = `0:${String(Math.ceil(player.ad.leftSec())).padStart(2, '0')}`;
  }, 100);
  for (const heard of adsOn) heard(true);
});
player.addEventListener('adend', () => {
  view.querySelector('[data-uia="ads-info-container"]')?.remove();
  for (const heard of adsOn) heard(false);
});

stealFocus(view);
stealKeys(
  {
    toggle: () => player.toggle(),
    contentSec: () => player.contentSec(),
    seek: (sec) => apiSeek(sec * 1000, true),
  },
  { seekSec: 10, toggleKeys: [' ', 'Enter'] },
);
document.documentElement.lang = language;
document.title = 'Netflix';
await player.load();

globalThis.fixture = {
  truth: () => ({
    ...player.truth(),
    error,
    foreignSeeks: player.foreignSeeks,
    decoysTouched: decoys.touched(),
  }),
  showAd: (sec) => void player.showAd(sec),
  /** The next episode: another address by script, the same element, another source, the API empty for a moment. */
  next: async () => {
    movieId += 1;
    episode += 1;
    history.pushState(null, '', `/watch/${movieId}${location.search}`);
    sessions = [];
    await player.load();
    video.playbackRate = 1;
    showApi();
    await video.play().catch(() => undefined);
  },
  breakIt: (how) => {
    if (how === 'no-global') delete globalThis.netflix;
    else if (how === 'no-selector') {
      delete canvas.dataset.uia;
      view.className = 'renamed';
    } else broken = how;
  },
};
