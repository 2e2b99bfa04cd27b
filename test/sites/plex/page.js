/*
 * Plex: the address is that of the page below the player; class names are made anew at each load but for their beginning; the
 * player goes into a small one while one looks around, and other players' audio stands beside it.
 */
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, expose, hashed, make } from '/kit/page.js';
import { stealKeys } from '/kit/thieves.js';
import { language, words } from '/kit/words.js';

const plex = make('div', { id: 'plex' }, document.body);
const full = make('div', { class: hashed('AudioVideoFullPlayer-container') }, plex);
const video = make('video', { class: hashed('HTMLMedia-mediaElement') }, full);
make('audio', { class: hashed('HTMLMedia-mediaElement') }, full);
const small = make('div', { class: hashed('Player-miniPlayerContainer') }, plex);
const heading = make('h1', {}, full);
const link = make('a', { 'data-testid': 'metadataTitleLink' }, heading);
const decoys = addDecoys(plex, (decoy, kind) => kind === 'preview' && setTimeout(() => small.append(decoy)));
const player = new FilmPlayer({ video, ads: 'swap' });
addControls(player, make('div', { 'data-testid': 'playerControlsContainer' }, full), {
  toggle: { 'data-testid': 'pauseButton' },
});
stealKeys(player, { seekSec: 10, toggleKeys: [' ', 'p'] });
const show = (id) => {
  link.href = `#!/server/0a1b2c/details?key=%2Flibrary%2Fmetadata%2F${id}&context=library`;
  link.textContent = 'The Long Night';
  document.title = `▶ ${words.series} - Plex`;
};
document.documentElement.lang = language;
// A reload takes up again what was on.
show(sessionStorage.getItem('item') ?? '815');
await player.load();

expose(player, decoys, {
  next: async (id) => {
    await player.load();
    show(id);
    sessionStorage.setItem('item', id);
    await video.play().catch(() => undefined);
  },
  breakIt: () => (full.className = hashed('Renamed')),
});
