/* YouTube while it is live: the same page, but for a mark on the player; what was sent within half a minute can be gone back to. */
import { addDecoys } from '/kit/decoys.js';
import { LivePlayer } from '/kit/live-player.js';
import { expose, make } from '/kit/page.js';
import { language, words } from '/kit/words.js';

const flexy = make('ytd-watch-flexy', {}, document.querySelector('ytd-app'));
const moviePlayer = make('div', { id: 'movie_player', class: 'html5-video-player' }, flexy);
const video = make('video', { class: 'video-stream html5-main-video' }, moviePlayer);
const decoys = addDecoys(make('div', { id: 'shorts-player' }, document.body));
const player = new LivePlayer({ video, pieces: 8, piecesBehind: language === 'de' ? 1 : 2 });
// Known to be live a moment after its film is there.
setTimeout(() => moviePlayer.classList.add('ytp-live'), 400);
Object.assign(moviePlayer, {
  getCurrentTime: () => video.currentTime,
  getDuration: () => player.endSec,
  getVideoData: () => ({ isLive: true }),
  getProgressState: () => ({ current: video.currentTime + 1000, seekableEnd: player.endSec + 1000 }),
  seekTo: (sec) => player.setElementTime(sec),
});
make('button', { class: 'ytp-play-button' }, moviePlayer).onclick = () => player.toggle();
make('button', { class: 'back' }, moviePlayer).onclick = () => player.setElementTime(video.currentTime - 8);
const heading = make('h1', {}, make('div', { id: 'title' }, make('ytd-watch-metadata', {}, flexy)));
document.documentElement.lang = language;
heading.textContent = words.series;
document.title = `(3) ${words.series} - YouTube`;
await new Promise((resolve) => video.addEventListener('canplay', resolve, { once: true }));
expose(player, decoys);
