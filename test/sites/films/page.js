/* Somebody's own page with a player of YouTube in it, for one language from one host, for the other from the other. */
import { embed } from '/kit/embed.js';

const german = location.hash === '#de';
const host = german ? 'www.youtube.com' : 'www.youtube-nocookie.com';
await embed(`https://${host}/embed/dQw4w9WgXcQ${german ? '?hl=de' : ''}`, document.body);
