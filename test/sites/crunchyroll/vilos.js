/* The frame's part: nothing but the player. */
import { answerTop } from '/kit/embed.js';
import { addDecoys } from '/kit/decoys.js';
import { FilmPlayer } from '/kit/film-player.js';
import { addControls, expose, make } from '/kit/page.js';

const box = make('div', { id: 'vilos' }, document.body);
const video = make('video', { id: 'player0' }, box);
const player = new FilmPlayer({ video, ads: 'swap' });
addControls(player, make('div', { id: 'vilosControlsContainer' }, document.body), {
  toggle: { 'data-testid': 'vilos-play_pause_button' },
});
await player.load();
expose(player, addDecoys(document.body), {
  next: async () => {
    await player.load();
    await video.play().catch(() => undefined);
  },
  breakIt: () => (video.id = 'renamed'),
});
answerTop();
