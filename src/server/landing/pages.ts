import { certificateIn, roomTitle, type RoomPreview } from '../../protocol/index.ts';
import { html, type Html } from './html.ts';
import { page } from './page.ts';

/**
 * The page `/join/<room>`: its members, its content, and the way in. `root` leads from the page to the server's root.
 */
export function joinPage(roomId: string, room: RoomPreview, installUrl: string | null, root: string): string {
  return page({
    title: `Join ${roomTitle(roomId)} · StreamSync`,
    root,
    live: true,
    main: html`<main>
      <p class="eyebrow">You are invited to watch together</p>
      <h1>${roomTitle(roomId)}</h1>
      <section
        class="card now"
        aria-label="The party now"
        aria-live="polite"
        data-live="${root}api/rooms/${encodeURIComponent(roomId)}"
        data-certificate="${certificateIn(roomId) ?? ''}"
      >
        <div>
          <h2>On screen <span data-state>${playState(room)}</span></h2>
          <p class="on">
            <bdi data-title>${onScreen(room)}</bdi> <span class="site" data-site>${onSite(room)}</span>
          </p>
        </div>
        <div>
          <h2>On the sofa</h2>
          <ul data-members>
            ${seats(room)}
          </ul>
          <p class="hint" data-empty>${whoWaits(room)}</p>
        </div>
      </section>
      <section class="card step icon" aria-labelledby="have">
        <img src="${root}assets/icon.svg" alt="" width="48" height="48" />
        <div>
          <h2 id="have">Join in</h2>
          <p class="do">Click the <strong>StreamSync icon</strong> in your browser’s toolbar to join.</p>
          <p class="hint">
            No icon? It may hide behind the puzzle piece in Chrome, or the extensions button in Firefox.
          </p>
        </div>
      </section>
      <section class="card step" aria-labelledby="get">
        <h2 id="get">New here?</h2>
        <p>
          StreamSync is a browser extension for Chrome and Firefox. It is not in the extension stores yet, so
          for now it is loaded by hand.
        </p>
        ${howToGet(installUrl)}
        <p class="hint">Then come back to this page and click the icon.</p>
      </section>
    </main>`,
  });
}

/** The page `/`. */
export function homePage(): string {
  return page({
    title: 'StreamSync server',
    root: '',
    main: html`<main>
      <p class="eyebrow">It works</p>
      <h1>This is a StreamSync server</h1>
      <section class="card">
        <p>
          StreamSync lets friends apart watch the same film at the same moment. Enter this page’s address as
          the server in the extension, start a party, and share its invite link.
        </p>
      </section>
    </main>`,
  });
}

/** The page of a link that leads nowhere. */
export function problemPage(title: string, advice: string, root: string): string {
  return page({
    title: `${title} · StreamSync`,
    root,
    main: html`<main>
      <h1>${title}</h1>
      <section class="card"><p>${advice}</p></section>
    </main>`,
  });
}

function onScreen({ content, keyed }: RoomPreview): string {
  if (keyed) return 'Only for those invited';
  return content ? (content.title ?? content.site ?? 'A video') : 'Nothing yet';
}

function playState({ content, playing }: RoomPreview): string {
  if (!content) return '';
  return playing ? '· playing' : '· paused';
}

function onSite({ content }: RoomPreview): string {
  return content?.title !== undefined && content.site !== undefined ? content.site : '';
}

function seats({ members }: RoomPreview): Html[] {
  return members.map(
    (name) => html`<li><span class="face" aria-hidden="true">${initial(name)}</span><bdi>${name}</bdi></li>`,
  );
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function initial(name: string): string {
  const [first] = letters.segment(name.trim());
  return (first?.segment ?? '').toUpperCase();
}

function whoWaits({ exists, keyed, members }: RoomPreview): string {
  if (keyed) return 'Only who has the whole invite link sees who is here.';
  if (members.length > 0) return '';
  return exists
    ? 'Everybody has just left.'
    : 'Nobody is here yet. The party begins when the first one joins.';
}

function howToGet(installUrl: string | null): Html {
  if (installUrl === null) {
    return html`<p>The project’s README says how, under “Install”. Ask whoever invited you for it.</p>`;
  }
  return html`<p><a class="button" href="${installUrl}" rel="noreferrer">How to load the extension</a></p>`;
}
