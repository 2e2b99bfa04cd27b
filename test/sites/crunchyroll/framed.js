/* The page around the frame names the episode; what plays is told in neither's address of the other. */
import { embed } from '/kit/embed.js';
import { addDecoys } from '/kit/decoys.js';
import { make } from '/kit/page.js';
import { language, words } from '/kit/words.js';

let episode = 1;
const heading = make('h1', { class: 'title' }, document.body);
const showTitle = () => (heading.textContent = `E${episode} - ${words.series}`);
document.documentElement.lang = language;
showTitle();
addDecoys(make('div', { style: 'position:absolute;left:1000px' }, document.body));
await embed('https://static.crunchyroll.com/vilos-v2/web/vilos/player.html', document.body, {
  next: (id) => {
    episode += 1;
    history.pushState(null, '', `/watch/${id}/slug${location.search}`);
    showTitle();
  },
});
