/*
 * The test film as a stream, in one of the common open players, chosen by the address:
 *   player=NAME     see players.js
 *   embed=ORIGIN    the player is a frame of that origin
 *   bare            only the player and its buttons (what `embed` shows)
 * The buttons are those of the film site. They work on the <video>, as a site's own scripts do beside its player.
 */
import { PLAYERS } from './players.js';

const options = new URLSearchParams(location.search);
const stage = document.querySelector('#stage');
const bar = document.querySelector('.bar');

if (options.has('embed')) {
  const frame = document.createElement('iframe');
  frame.src = `${options.get('embed')}/players?player=${options.get('player')}&bare`;
  frame.allow = 'autoplay; fullscreen; encrypted-media';
  stage.replaceWith(frame);
  bar.remove();
} else {
  if (options.has('bare')) {
    document.body.replaceChildren(stage, bar);
    document.body.style.cssText = 'padding:0;max-width:none';
  }
  const film = await PLAYERS[options.get('player')](stage);
  globalThis.film = film;
  connectBar(film);
}

function connectBar(film) {
  const seek = bar.querySelector('#seek');
  film.addEventListener('timeupdate', () => {
    if (document.activeElement !== seek) seek.value = String(film.currentTime);
  });
  seek.addEventListener('input', () => (film.currentTime = Number(seek.value)));
  bar.querySelector('#toggle').addEventListener('click', () => {
    if (film.paused) void film.play();
    else film.pause();
  });
  for (const percent of [100, 150, 200]) {
    const button = bar.querySelector(`#speed-${percent}`);
    button.addEventListener('click', () => (film.playbackRate = percent / 100));
  }
}
