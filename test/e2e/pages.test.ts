import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { OVERLAY_SIZE_PX } from '../../src/messaging/overlay.ts';
import { startServer, type RunningServer } from '../../src/server/start-server.ts';
import { chromiumPath, launchChromium } from '../support/chromium.ts';
import { startFilmSite } from '../support/film-site.ts';
import { expectFine, type PageOf } from '../support/page-checks.ts';
import { startPreview, type PreviewPages } from '../support/preview-pages.ts';
import { SCENES } from '../ui/scenes.ts';

/** A popup's width; also that of a small telephone, which is where invite links are often opened first. */
const WIDTH = 380;
/** As it first unfolds. */
const OVERLAY = { width: OVERLAY_SIZE_PX.width.first, height: OVERLAY_SIZE_PX.height.first };
/** What axe asks of a whole page, and a button over a film need not have. */
const NO_PAGE = ['page-has-heading-one', 'landmark-one-main', 'region'];

let browser: Browser;
let narrow: BrowserContext;
let pages: PreviewPages;
let server: RunningServer;
let friend: WebSocket;

beforeAll(async () => {
  pages = await startPreview();
  server = await startServer({ port: 0, installUrl: 'https://streamsync.example/#install' });
  friend = await startFilmNight(server);
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  narrow = await browser.newContext({
    viewport: { width: WIDTH, height: 600 },
    colorScheme: 'light',
    // A colour on its way from one scheme to the other has the contrast of neither.
    reducedMotion: 'reduce',
  });
});
afterAll(async () => {
  await browser.close();
  friend.terminate();
  await server.close();
  await pages.close();
});

const look = (url: string, more: Partial<PageOf> = {}) =>
  expectFine(narrow, { url, size: { width: WIDTH, height: 600 }, ...more });
const scene = (query: string, more: Partial<PageOf> = {}) => look(pages.url(query), more);
const names = Object.keys(SCENES);
const ofParties = names.filter((name) => SCENES[name]?.view?.party);

describe('nothing for axe to find, nothing cut off, and nothing that moves by itself', () => {
  // The first screen stands until the background has answered, mostly for a blink. It has its words in a live region
  // and no heading: whoever waits for the page to be there waits for its first heading.
  const exempt: Record<string, string[]> = { starting: ['page-has-heading-one'] };

  test.each(names.filter((name) => !SCENES[name]?.call))('popup: %s', async (name) => {
    await scene(`?scene=${name}&place=popup`, { exempt: exempt[name] ?? [] });
  });

  test.each(ofParties)('over the film: %s', async (name) => {
    await scene(`?page=overlay&scene=${name}`, { size: OVERLAY });
  });

  test.each(['party', 'party-ad', 'call', 'call-somebody-asks', 'toasts'])(
    'over the film, folded: %s',
    async (name) => {
      const before = name === 'toasts' ? (page: Page) => page.locator('.toast').first().waitFor() : undefined;
      await scene(`?page=overlay&scene=${name}#folded`, { exempt: NO_PAGE, ...(before && { before }) });
    },
  );

  test.each(['Emoji', 'More emoji'])('over the film: %s', async (name) => {
    const before = async (page: Page) => {
      await page.getByRole('button', { name, exact: true }).click();
      await page.locator('.emoji-grid button').first().waitFor();
    };
    await scene('?page=overlay&scene=party', { size: OVERLAY, before });
  });

  test.each(['party', 'call', 'call-preview', 'party-trouble'])(
    'over the film, as small as it gets: %s',
    async (name) => {
      const size = { width: OVERLAY_SIZE_PX.width.min, height: OVERLAY_SIZE_PX.height.min };
      await scene(`?page=overlay&scene=${name}`, { size });
    },
  );

  test.each(['party', 'party-trouble', 'home', 'call', 'call-preview'])(
    'beside the page, narrow: %s',
    async (name) => {
      await scene(`?scene=${name}&place=panel`, { size: { width: 280, height: 600 } });
    },
  );

  test.each(['', '#welcome'])('options%s', async (hash) => {
    await scene(`?page=options${hash}`);
  });

  test.each(['', '#refused'])('camera and microphone%s', async (hash) => {
    const before = async (page: Page) => {
      if (hash === '') return;
      await page.getByRole('button', { name: 'Allow camera and microphone' }).click();
      await page.getByText('does not let StreamSync use').waitFor();
    };
    await scene(`?page=camera${hash}`, { before });
  });

  // WCAG 2.2, 1.4.10: as wide as a window of 1280 px whose page is four times as large.
  test.each(['?page=options', '?scene=party&place=tab', '?scene=home&place=tab'])(
    'four times as large: %s',
    async (query) => {
      await scene(query, { size: { width: 320, height: 256 } });
    },
  );

  test.each([
    ['where a film is on', '/join/film-night'],
    ['where nobody is yet', '/join/amber-otter-paints-4821'],
    ['with a name as long as names get', `/join/${'a'.repeat(128)}`],
    ['that is none', `/join/${'a'.repeat(129)}`],
  ])('invite page %s', async (_, path) => {
    await look(server.url + path, { size: { width: 320, height: 600 } });
  });

  test.each([
    ['home', '/'],
    ['missing', '/nowhere'],
  ])('%s page of the server', async (_, path) => {
    await look(server.url + path);
  });
});

test('a party is started, spoken in and left by keyboard alone', async () => {
  const site = await startFilmSite();
  const ana = await launchChromium('Ana', `${site.origin}/film`);
  try {
    const options = await ana.context.newPage();
    await options.goto(ana.extensionUrl('/options.html'));
    await tabTo(options, options.getByLabel('Server address'));
    await options.keyboard.press('ControlOrMeta+a');
    await options.keyboard.type(server.url);
    await options.keyboard.press('Enter');
    await options.getByText('Saved').waitFor();
    await options.close();

    const popup = await ana.openPopup();
    await tabTo(popup, popup.getByLabel('Your name'));
    await popup.keyboard.type('Ana');
    await tabTo(popup, popup.getByRole('button', { name: 'Start a party' }));
    await popup.keyboard.press('Enter');

    // The button is gone, so the keyboard goes on from the party's name.
    const title = popup.getByRole('heading', { level: 1 });
    await expect.poll(() => hasFocus(title)).toBe(true);
    await tabTo(popup, popup.getByRole('textbox', { name: /message/i }));
    await popup.keyboard.type('hello');
    await popup.keyboard.press('Enter');
    await popup.getByRole('log').getByText('hello', { exact: true }).waitFor();
    await popup.getByText('The Test Film').waitFor();

    await tabTo(popup, popup.getByRole('button', { name: /^Leave/ }));
    await popup.keyboard.press('Enter');
    await popup.getByLabel('Your name').waitFor();
    await expect.poll(() => hasFocus(title)).toBe(true);
  } finally {
    await ana.close();
    await site.close();
  }
});

/** Presses Tab until the element has the focus, and insists that a person could have seen where it went. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let presses = 0; presses < 30; presses++) {
    if (await hasFocus(wanted)) return;
    await page.keyboard.press('Tab');
    expect(await page.evaluate(focusMark), 'what shows the focus').not.toBe('');
  }
  throw new Error('30 Tabs did not lead there');
}

function hasFocus(element: Locator): Promise<boolean> {
  return element.evaluate((found) => found === document.activeElement);
}

/** Runs in the page: an outline or a shadow around what has the focus; empty when there is neither. */
function focusMark(): string {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return 'the page itself';
  const { outlineStyle, boxShadow } = getComputedStyle(focused);
  return [outlineStyle, boxShadow].filter((mark) => mark !== 'none').join(' ');
}

/** Somebody is in a party and watches, so that the invite page has something to show. */
async function startFilmNight({ url }: RunningServer): Promise<WebSocket> {
  const socket = new WebSocket(url.replace('http', 'ws'));
  const roomId = 'film-night';
  const client = { userId: 'ana', displayName: 'Samuel Bartholomew Featherstonehaugh the Third' };
  const content = { contentId: 'https://films.example/night', meta: { title: 'The Test Film '.repeat(12) } };
  const acked = new Promise((resolve) =>
    socket.on('message', (data) => (data as Buffer).includes('"ack"') && resolve(null)),
  );
  socket.on('open', () => {
    const send = (message: object) => socket.send(JSON.stringify({ v: 1, ...message }));
    send({ type: 'room/join', payload: { roomId, client } });
    send({ type: 'watch/set_content', requestId: '1', payload: { roomId, ...content } });
  });
  await acked;
  return socket;
}
