/*
 * Disney+, with what is known to trap programs there: the element's clock is not the film's, begins anew with each jump and has
 * no end; the player's own is only for the page's scripts; a video of no size comes first, and an ad has a video of its own;
 * controls leave the page when idle, in shadow roots of one depth or (in German) another, where the film is in one as well;
 * the next film's title is there before it.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, announceAds, clockText, expose, make } from '/kit/page.js';
import { stealKeys } from '/kit/thieves.js';
import { language, words } from '/kit/words.js';

const IDLE_MS = 4000;
/** How often the player tells where it is. */
const CLOCK_STEP_MS = 250;
const SEEK_TAKES_MS = 150;
/** With each jump the element gets another source, which begins this far before where it is to play. */
const BASE_SEC = 20;
const FILM_TYPE = 'video/webm; codecs="vp9, opus"';

/** Its film comes through Media Source Extensions, so that the element's clock is only that of its source. */
class HivePlayer extends FilmPlayer {
  #startSec = 0;
  #begun = false;

  async load(atSec = 0) {
    this.ad = null;
    await this.stream(atSec);
    this.dispatchEvent(new Event('loaded'));
  }

  async stream(atSec) {
    this.#begun = false;
    this.#startSec = atSec;
    const source = new MediaSource();
    this.video.src = URL.createObjectURL(source);
    await once(source, 'sourceopen');
    const buffer = source.addSourceBuffer(FILM_TYPE);
    buffer.timestampOffset = BASE_SEC - atSec;
    buffer.appendBuffer(await film);
    await once(buffer, 'updateend');
    source.duration = Infinity;
    this.setElementTime(BASE_SEC);
    this.#begun = true;
  }

  contentSec() {
    if (this.ad) return this.ad.atSec;
    return this.#startSec + (this.#begun ? this.video.currentTime - BASE_SEC : 0);
  }

  seek(contentSec) {
    if (this.ad) return;
    const playing = !this.video.paused;
    setTimeout(async () => {
      const wasPlaying = playing && !this.video.paused;
      await this.stream(Math.max(0, Math.min(contentSec, this.durationSec)));
      if (wasPlaying) void this.video.play();
    }, SEEK_TAKES_MS);
  }
}
const once = (target, type) =>
  new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
const film = fetch('/film.webm').then((response) => response.arrayBuffer());

let episode = 1;
const nested = language === 'de';
const shadow = (host) => host.attachShadow({ mode: 'open' });
const webPlayer = make('disney-web-player', { style: 'display:block' }, document.body);
const inside = nested ? shadow(webPlayer) : webPlayer;
make('video', { style: 'width:0;height:0' }, inside);
const media = make('div', { class: 'media-element-container' }, inside);
const LOOKS = 'display:block;width:880px;height:440px';
const video = make('video', { id: 'hivePlayer1', class: 'hive-video', style: LOOKS }, media);
const ui = make('disney-web-player-ui', { style: 'display:block' }, document.body);
const overlays = nested ? shadow(ui) : ui;
const decoys = addDecoys(document.body);

const player = new HivePlayer({
  video,
  ads: 'second',
  makeAdVideo: () => {
    media.classList.add('has-interstitials');
    const adVideo = make('video', { style: LOOKS });
    media.prepend(adVideo);
    return adVideo;
  },
});
// The film comes back in another source.
player.addEventListener('adend', () => player.seek(player.contentSec()));

// Only the page's own scripts see it.
const info = { playheadPositionMs: 0, programDurationMs: player.durationSec * 1000 };
const criteria = { metadata: { title: { text: words.series }, subtitle: { text: '' } } };
let timeline = { info };
webPlayer.mediaPlayer = {
  get timeline() {
    if (!timeline) throw new Error('no');
    return timeline;
  },
  mediaPlaybackCriteria: criteria,
  play: () => video.play(),
  pause: () => video.pause(),
  seek: (ms) => player.seek(ms / 1000),
};
setInterval(() => (info.playheadPositionMs = Math.round(player.contentSec() * 1000)), CLOCK_STEP_MS);

/** A component of the site's own, with a shadow root. */
const component = (tag, parent) => {
  const host = make(tag, {}, parent);
  return { host, root: shadow(host) };
};
const upNext = component('up-next-lite-v1', overlays);
make('p', { class: 'title-field' }, upNext.root).textContent = 'The Next Film';
component('inactivity-overlay', overlays);

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
  const overlay = component('main-app-controls-overlay', overlays);
  controls = overlay.host;
  const bug = component('title-bug', overlay.root);
  make('p', { class: 'title-field' }, bug.root).textContent = words.series;
  make('p', { class: 'subtitle-field' }, bug.root).textContent = criteria.metadata.subtitle.text;
  addControls(player, overlay.root);
}
document.addEventListener('mousemove', showControls);

announceAds(player, () => {
  const { host, root } = component('ad-badge-overlay', overlays);
  const left = make('span', { class: 'ad-badge-overlay__content--time-display' }, root);
  return { box: host, write: (sec) => (left.textContent = clockText(sec)) };
});
stealKeys(player, { seekSec: 10, toggleKeys: [' '] });
const showTitle = () => {
  criteria.metadata.subtitle.text = `${words.episode(1, episode)} ${episode}`;
  document.title = `${words.series} | Disney+`;
};

document.documentElement.lang = language;
showTitle();
showControls();
await player.load();

expose(player, decoys, {
  next: async (id) => {
    episode += 1;
    history.pushState(null, '', `/play/${id}${location.search}`);
    controls?.remove();
    controls = null;
    showTitle();
    await player.load();
    await video.play().catch(() => undefined);
  },
  breakIt: (how) => {
    if (how === 'no-global') delete webPlayer.mediaPlayer;
    else if (how === 'throws') timeline = null;
    else {
      video.id = 'renamed';
      video.className = 'renamed';
    }
  },
});
