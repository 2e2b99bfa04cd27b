/*
 * HBO Max, with what is known to trap programs there: the document's title names the episode in whatever language; classes are
 * other ones at each load; a wrapper around the player takes Space and Enter; a promo runs in the film's element first where the
 * address has one id, to some people before each film; ads are part of the stream, and jumps are refused during one.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, announceAds, expose, hashed, make } from '/kit/page.js';
import { language, words } from '/kit/words.js';

const EPISODES = ['3a9b5c1e-7d2f-4e60-9b1a-0c5d8e7f6a21', '4b0c6d2f-8e3a-4f71-8c2b-1d6e9f8a7b32'];
const SHOW = 'b7e1d0c2-1111-4222-8333-944455566677';
const PROMO = '0d9c8b7a-2222-4333-8444-a55566677788';
const PROMO_MS = 4000;
let episode = 1;

const root = make('div', { id: 'app-root' }, document.body);
const layers = ['app-content', 'player-screen', 'modal', 'takeover', 'drawer'];
for (const layer of layers) make('div', { id: `layer-root-${layer}` }, root);
const screen = document.querySelector('#layer-root-player-screen');
const shrinking = 'player-shrink-transition-enter-done';
const wrapper = make('div', { class: shrinking, role: 'button', tabindex: '0' }, screen);
const looks = hashed('Fuse-Web-Play__sc');
const container = make('div', { 'data-testid': 'playerContainer', class: looks }, wrapper);
const video = make('video', { 'data-testid': 'VideoElement' }, container);
const overlay = make('div', { id: 'overlay-root', 'data-testid': 'overlay-root' }, screen);
const decoys = addDecoys(document.querySelector('#layer-root-drawer'));
const player = new FilmPlayer({ video, ads: 'stitched' });

addControls(player, make('div', { 'data-testid': 'playback_controls' }, overlay), {
  toggle: { 'data-testid': 'player-ux-play-pause-button' },
});
wrapper.addEventListener('keydown', ({ key }) => [' ', 'Enter'].includes(key) && player.toggle());
const title = make('p', { 'data-testid': 'player-ux-asset-title' }, overlay);
const label = make('p', { 'data-testid': 'player-ux-season-episode' }, overlay);
const showTitle = () => {
  title.textContent = words.series;
  label.textContent = language === 'de' ? `T1 Ep.${episode}:` : `S1 E${episode}`;
  document.title = `Folge / Episode ${episode} • HBO Max`;
};
announceAds(player, () => ({
  box: make('button', { 'data-testid': 'player-ux-ad-skip-button', disabled: '' }, overlay),
}));

/** At an address of its own, which the film's takes the place of. */
async function showPromo(filmId) {
  document.title = 'A Promo • HBO Max';
  video.src = '/ad.webm';
  video.muted = true;
  await video.play();
  await new Promise((resolve) => setTimeout(resolve, PROMO_MS));
  video.pause();
  video.muted = false;
  history.replaceState(null, '', `/video/watch/${filmId}/${SHOW}${location.search}`);
}

document.documentElement.lang = language;
if (/^\/video\/watch\/[^/]+\/?$/.test(location.pathname)) await showPromo(EPISODES[0]);
showTitle();
await player.load();

expose(player, decoys, {
  next: async (id) => {
    episode += 1;
    const promoFirst = language === 'de';
    const path = promoFirst ? PROMO : `${id}/${SHOW}`;
    history.pushState(null, '', `/video/watch/${path}${location.search}`);
    if (promoFirst) await showPromo(id);
    await player.load();
    showTitle();
    await video.play().catch(() => undefined);
  },
  breakIt: () => {
    video.dataset.testid = 'renamed';
    container.dataset.testid = 'renamed';
  },
});
