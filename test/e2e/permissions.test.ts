import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from 'wxt';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startFilmSite, type FilmSite } from '../support/film-site.ts';
import { startServerProcess } from '../support/server-process.ts';
import { startSiteServer } from '../support/sites/site-server.ts';
import { startTap, type Tap } from '../support/tap.ts';
import { worldsOfOurs } from '../support/worlds.ts';

/** As it is published: no site is granted beforehand. */
const PUBLISHED = '.output/chrome-mv3';
const KNOWN_SITE = 'https://vimeo.com/76979871';
const NOT_ALLOWED = 'StreamSync may not run on this site yet, so it cannot keep you in sync.';

let running: AsyncDisposableStack;
let ana: ChromiumMember;
let tap: Tap;
let site: FilmSite;

beforeAll(async () => {
  await build({ mode: 'production', browser: 'chrome' });
  await using started = new AsyncDisposableStack();
  site = started.adopt(await startFilmSite(), (each) => each.close());
  const sites = started.adopt(await startSiteServer(), (each) => each.close());
  const server = started.adopt(await startServerProcess(), (each) => each.kill());
  tap = started.adopt(await startTap(server.port), (each) => each.close());
  ana = started.adopt(
    await launchChromium('Ana', KNOWN_SITE, {
      build: PUBLISHED,
      args: [...sites.chromiumArgs, '--enable-unsafe-extension-debugging'],
    }),
    (each) => each.close(),
  );
  running = started.move();
});
afterAll(() => running.disposeAsync());

/**
 * The person will say yes when the browser asks about these pages. No test can press the button of its question; what is said
 * beforehand on its own page of extensions is not asked again.
 */
async function willAllow(pages: string): Promise<void> {
  const extensions = await ana.context.newPage();
  await extensions.goto('chrome://extensions/');
  const id = new URL(ana.extensionUrl('/')).host;
  await extensions.evaluate(
    `chrome.developerPrivate.addHostPermission(${JSON.stringify(id)}, ${JSON.stringify(pages)})`,
  );
  await extensions.close();
  await ana.page.bringToFront();
}

/** Presses the extension's icon over the film, from which on it may know that tab's address (`activeTab`). */
async function clickIcon(): Promise<void> {
  const cdp = await ana.context.browser()?.newBrowserCDPSession();
  if (!cdp) throw new Error('no browser');
  const filter = [{ type: 'tab', exclude: false }];
  const { targetInfos } = await cdp.send('Target.getTargets', { filter });
  const tab = targetInfos.find(({ url }) => url === ana.page.url());
  const id = new URL(ana.extensionUrl('/')).host;
  const command = { id, targetId: tab?.targetId };
  // Newer than the types of the protocol.
  await (cdp as unknown as { send: (name: string, params: object) => Promise<void> }).send(
    'Extensions.triggerAction',
    command,
  );
  await cdp.detach();
  // The command is answered before the browser has granted the tab.
  await expect.poll(seesFilmTab).toBe(true);
}

const allowedPages = async () => {
  const [worker] = ana.context.serviceWorkers();
  // Of the worker's own world, which has no types here.
  return worker?.evaluate('chrome.permissions.getAll().then(({ origins }) => origins)');
};
/** Whether the extension is told the address of the tab of the film. */
const seesFilmTab = async () => {
  const [worker] = ana.context.serviceWorkers();
  const urls = await worker?.evaluate('chrome.tabs.query({}).then((tabs) => tabs.map(({ url }) => url))');
  return Array.isArray(urls) && urls.includes(ana.page.url());
};
const overlays = () => ana.page.frames().filter((frame) => frame.url().includes('overlay.html')).length;
const isIn = async () => (await worldsOfOurs(ana)).length > 0 && overlays() > 0;

async function pressAllow(): Promise<void> {
  await clickIcon();
  const popup = await ana.openPopup();
  await popup.getByText(NOT_ALLOWED).waitFor();
  // The party does not depend on the site.
  await popup.getByText('Connected', { exact: true }).waitFor();
  await popup.getByRole('button', { name: 'Allow this site' }).click();
  await popup.getByText(NOT_ALLOWED).waitFor({ state: 'detached' });
  await popup.close();
  await ana.page.bringToFront();
}

test('no site is allowed before it is first watched on, a known one neither', async () => {
  expect(await allowedPages()).toEqual([]);
  await (await ana.openPopup()).close();
  expect(await isIn()).toBe(false);
});

test('to join asks about the site in front, and about no other', async () => {
  await clickIcon();
  await willAllow('https://vimeo.com/*');
  await ana.join(tap.invite('room-permissions'));
  await expect.poll(isIn, { timeout: 8000 }).toBe(true);
  expect(await allowedPages()).toEqual(['https://vimeo.com/*']);
});

test('on another site nothing is done until that one is allowed, and then it goes on there', async () => {
  await ana.goto(`${site.origin}/film`);
  await expect.poll(() => ana.popupText()).toContain(NOT_ALLOWED);
  expect(await isIn()).toBe(false);
  const pages = `http://${new URL(site.origin).hostname}/*`;
  await willAllow(pages);
  await pressAllow();
  await expect.poll(isIn, { timeout: 8000 }).toBe(true);
  expect(await allowedPages()).toEqual(expect.arrayContaining(['https://vimeo.com/*', pages]));
});

test('a site that is taken back is left at once, which is said, and the party goes on when it is allowed again', async () => {
  const { hostname } = new URL(site.origin);
  const options = await ana.context.newPage();
  await options.goto(ana.extensionUrl('/options.html'));
  await options.getByRole('button', { name: `Remove http://${hostname}` }).click();
  await options.getByText(`http://${hostname} was removed.`).waitFor();
  await options.close();
  await expect.poll(overlays).toBe(0);
  await pressAllow();
  await expect.poll(isIn, { timeout: 8000 }).toBe(true);
});
