/*
 * A small video site with controls, keys and habits of its own, chosen by the address:
 *   native          the browser's controls instead of the site's
 *   late=MS         the <video> comes so much later
 *   shadow          the <video> stands in an open shadow root
 *   embed=ORIGIN    the player is a frame of that origin
 *   bare            only the player (what `embed` shows)
 *   decoys          a muted looping preview and a small clip stand beside the film
 */
const options = new URLSearchParams(location.search);
const stage = document.querySelector('#stage');
const seek = document.querySelector('#seek');
let film;

function makeFilm() {
  const video = document.createElement('video');
  video.id = 'film';
  video.src = '/film.webm';
  video.preload = 'auto';
  video.controls = options.has('native');
  video.addEventListener('timeupdate', () => {
    if (document.activeElement !== seek) seek.value = String(video.currentTime);
  });
  return video;
}

function show() {
  film = makeFilm();
  if (options.has('shadow')) {
    const host = document.createElement('film-player');
    host.attachShadow({ mode: 'open' }).append(film);
    film.style.cssText = 'width:100%;aspect-ratio:16/9;display:block';
    stage.replaceChildren(host);
  } else stage.replaceChildren(film);
  globalThis.film = film;
  if (!options.has('native')) film.addEventListener('click', toggle);
}

function toggle() {
  if (film.paused) void film.play();
  else film.pause();
}

document.querySelector('#replace').addEventListener('click', show);
document.querySelector('#toggle').addEventListener('click', toggle);
seek.addEventListener('input', () => (film.currentTime = Number(seek.value)));
for (const percent of [100, 150, 200]) {
  const button = document.querySelector(`#speed-${percent}`);
  button.addEventListener('click', () => (film.playbackRate = percent / 100));
}
addEventListener('keydown', (event) => {
  if (!film || event.target instanceof HTMLInputElement) return;
  if (event.key === 'k') toggle();
  else if (event.key === 'l') film.currentTime += 10;
  else if (event.key === 'j') film.currentTime -= 10;
});

if (options.has('bare')) {
  document.body.replaceChildren(stage, document.querySelector('.bar'));
  document.body.style.cssText = 'padding:0;max-width:none';
}
if (options.has('decoys')) {
  for (const [width, id] of [
    [500, 'preview'],
    [160, 'small'],
  ]) {
    const decoy = makeFilm();
    decoy.id = id;
    decoy.muted = decoy.loop = decoy.autoplay = true;
    decoy.style.width = `${width}px`;
    document.body.append(decoy);
  }
}
if (options.has('embed')) {
  const frame = document.createElement('iframe');
  frame.src = `${options.get('embed')}/film?bare&native`;
  frame.allow = 'autoplay; fullscreen';
  stage.replaceChildren(frame);
} else setTimeout(show, Number(options.get('late') ?? 0));
