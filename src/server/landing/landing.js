/* global crypto, document, fetch, history, location, setInterval, TextEncoder */
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
      const label = document.createElement('bdi');
      label.textContent = name;
      item.append(face, label);
      return item;
    }),
  );
}

/** The key is in the link's fragment, which browsers do not send; messengers may have encoded it (protocol/invite-link.ts). */
function keyIn(fragment) {
  for (let text = fragment, times = 0; times <= 3; times += 1) {
    const found = /[#?&;/]k=([\w-]{16,128})(?![\w-])/.exec(text);
    if (found) return found[1].replace(/^([\w-]{21}[AQgw])_+$/, '$1');
    text = text.replace(/%(?:2[356f]|3[bdf])/gi, decodeURIComponent);
  }
  return null;
}

const key = keyIn(location.hash);
// The extension and the person read it there: it stays in the address, as it was meant.
if (key !== null && location.hash !== `#k=${key}`) history.replaceState(null, '', `#k=${key}`);

const CHANGED = 'This link was changed on its way; ask for it again.';
const INCOMPLETE = 'This link is incomplete: ask for the whole invite link.';
const REFUSED = 'This link does not open this party: ask for it again.';

/** What the room's name says of the link by itself (protocol/room-certificate.ts); null where nothing is wrong. */
async function linkProblem() {
  const { certificate } = card.dataset;
  if (certificate === '') return null;
  if (key === null) return INCOMPLETE;
  // Browsers hash on pages of https and of this computer only.
  if (!crypto.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  const bits = [...digest.slice(0, 5)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letter = (five) => '0123456789abcdefghjkmnpqrstvwxyz'[parseInt(five, 2)];
  return bits.match(/.{5}/g).map(letter).join('') === certificate ? null : CHANGED;
}

function show({ exists, keyed, members, content, playing }) {
  write(
    part('title'),
    content ? (content.title ?? content.site ?? 'A video') : keyed ? 'Only for those invited' : 'Nothing yet',
  );
  write(part('site'), content?.title && content.site ? content.site : '');
  write(part('state'), content ? (playing ? '· playing' : '· paused') : '');
  showMembers(members);
  const nobody = keyed
    ? key === null
      ? INCOMPLETE
      : REFUSED
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

const problem = await linkProblem();
if (problem !== null) {
  write(part('empty'), problem);
} else {
  setInterval(() => void refresh(), REFRESH_MS);
  // What the server put into the page is all that may be told without the key.
  void refresh();
  document.addEventListener('visibilitychange', () => void refresh());
}
