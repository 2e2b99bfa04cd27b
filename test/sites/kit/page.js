import { words } from '/kit/words.js';

/** An element with attributes, at the end of its parent. */
export function make(tag, attributes = {}, parent = null) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent?.append(element);
  return element;
}

/** Styles' names as their tools make them: others at each load. */
export const hashed = (name) => `${name}-${Math.random().toString(36).slice(2, 8)}`;

/** What a person's hand needs, with the names that tests know: `#toggle`, `#bar` and `#speed`. */
export function addControls(player, parent, { toggle = {}, bar = {} } = {}) {
  const button = make('button', { ...toggle, id: 'toggle' }, parent);
  const show = () => (button.textContent = player.video.paused ? words.play : words.pause);
  player.video.addEventListener('play', show);
  player.video.addEventListener('pause', show);
  show();
  button.onclick = () => player.toggle();
  const slider = make('div', { ...bar, id: 'bar' }, parent);
  slider.style.cssText = 'height:20px;width:800px;background:#555';
  slider.onclick = (event) => {
    const { left, width } = slider.getBoundingClientRect();
    player.seek(((event.clientX - left) / width) * player.durationSec);
  };
  const speed = make('button', { id: 'speed' }, parent);
  const showSpeed = () => (speed.textContent = `${player.video.playbackRate}×`);
  player.video.addEventListener('ratechange', showSpeed);
  showSpeed();
  // A correction by a little is not one of its steps.
  speed.onclick = () => (player.video.playbackRate = player.video.playbackRate < 1.25 ? 1.5 : 1);
}

/** The film's own clock as sites write it, in whole seconds, moved when the element tells its time. */
export function showClock(player, write) {
  player.video.addEventListener('timeupdate', () => !player.ad && write(Math.floor(player.contentSec())));
}

/** Shows an ad while one runs: `draw` makes what the site shows, and returns how to write the time left into it. */
export function announceAds(player, draw) {
  player.addEventListener('adstart', () => {
    const { box, write = () => undefined } = draw();
    write(player.ad.leftSec());
    const drawing = setInterval(() => player.ad && write(player.ad.leftSec()), 100);
    player.addEventListener(
      'adend',
      () => {
        clearInterval(drawing);
        box.remove();
      },
      { once: true },
    );
  });
}

export const clockText = (sec) => {
  const whole = Math.ceil(Math.max(0, sec));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

/** The test's end; nothing of it is seen by an extension. */
export function expose(player, decoys, more = {}) {
  globalThis.fixture = {
    truth: () => ({
      ...player.truth(),
      error: player.error,
      foreignSeeks: player.foreignSeeks,
      decoysTouched: decoys.touched(),
    }),
    showAd: (sec) => void player.showAd(sec),
    next: () => Promise.reject(new Error('this site has none')),
    breakIt: () => undefined,
    ...more,
  };
}
