/* global document, fetch, location, setInterval, URLSearchParams */
// Keeps the party card up to date. Without it the page is right as of when it was loaded.
const REFRESH_MS = 5000;

const card = document.querySelector('[data-live]');
const part = (name) => card.querySelector(`[data-${name}]`);

/** Writes only what differs: every write in a live region is read out. */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function initial(name) {
  const [first] = letters.segment(name.trim());
  return (first?.segment ?? '').toUpperCase();
}

function showMembers(names) {
  const list = part('members');
  const shown = [...list.children].map((item) => item.lastChild.textContent);
  if (JSON.stringify(shown) === JSON.stringify(names)) return;
  list.replaceChildren(
    ...names.map((name) => {
      const item = document.createElement('li');
      const face = document.createElement('span');
      face.className = 'face';
      face.setAttribute('aria-hidden', 'true');
      face.textContent = initial(name);
      item.append(face, name);
      return item;
    }),
  );
}

/** The key is in the link's fragment, which browsers do not send; only this script reads it. */
const key = new URLSearchParams(location.hash.slice(1)).get('k');

function show({ exists, keyed, members, content, playing }) {
  write(
    part('title'),
    content ? (content.title ?? content.site ?? 'A video') : keyed ? 'Only for those invited' : 'Nothing yet',
  );
  write(part('site'), content?.title && content.site ? content.site : '');
  write(part('state'), content ? (playing ? '· playing' : '· paused') : '');
  showMembers(members);
  const nobody = keyed
    ? 'This link is incomplete: ask for the whole invite link.'
    : exists
      ? 'Everybody has just left.'
      : 'Nobody is here yet. The party begins when the first one joins.';
  write(part('empty'), members.length > 0 ? '' : nobody);
}

async function refresh() {
  if (document.hidden) return;
  try {
    const response = await fetch(card.dataset.live, {
      cache: 'no-store',
      headers: key === null ? {} : { 'x-room-key': key },
    });
    if (response.ok) show(await response.json());
  } catch {
    // The server is away for a moment; what is shown stays.
  }
}

setInterval(() => void refresh(), REFRESH_MS);
// What the server put into the page is all that may be told without the key.
void refresh();
document.addEventListener('visibilitychange', () => void refresh());
