/*
 * `npm run screens`: a picture of every page and state, in light and dark, into docs/screens, and a page that shows them
 * side by side.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { chromium, type Page } from 'playwright-core';
import { startServer } from '../../src/server/start-server.ts';
import { chromiumPath } from '../support/chromium.ts';
import { startPreview } from '../support/preview-pages.ts';
import { SCENES } from '../ui/scenes.ts';
import { fileOf, gallery, type Shot } from './gallery.ts';

const FOLDER = 'docs/screens';
const SCHEMES = ['light', 'dark'] as const;
const POPUP_WIDTH = 380;
const TAB_WIDTH = 900;
/** Over a film there is no page of ours: what is behind stands for it. */
const FILM_BEHIND = 'body { background: #3b4a54 !important }';

const pages = await startPreview();
const server = await startServer({ port: 0, installUrl: 'https://streamsync.example/#install' });
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
try {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  for (const shot of allShots()) await take(shot);
  await writeFile(`${FOLDER}/README.md`, gallery(allShots(), SCHEMES));
} finally {
  await browser.close();
  await server.close();
  await pages.close();
}

function allShots(): Shot[] {
  const names = Object.keys(SCENES);
  const inParty = names.filter((name) => SCENES[name]?.view?.party);
  return [
    ...names.map((name) => shot('Popup', name, `?scene=${name}&place=popup`, POPUP_WIDTH)),
    ...inParty.map((name) => shot('Overlay', name, `?page=overlay&scene=${name}`, POPUP_WIDTH)),
    shot('Overlay', 'folded', '?page=overlay&scene=party#folded', POPUP_WIDTH),
    shot('Options', 'options', '?page=options', TAB_WIDTH),
    shot('Options', 'options-narrow', '?page=options', POPUP_WIDTH),
    shot('Options', 'welcome', '?page=options#welcome', TAB_WIDTH),
    {
      group: 'Invite page',
      name: 'empty',
      url: `${server.url}/join/amber-otter-paints-4821`,
      width: TAB_WIDTH,
    },
    {
      group: 'Invite page',
      name: 'narrow',
      url: `${server.url}/join/amber-otter-paints-4821`,
      width: POPUP_WIDTH,
    },
    { group: 'Invite page', name: 'home', url: server.url, width: TAB_WIDTH },
  ];
}

function shot(group: string, name: string, query: string, width: number): Shot {
  return { group, name, url: pages.url(query), width };
}

async function take(shot: Shot): Promise<void> {
  for (const colorScheme of SCHEMES) {
    const page = await browser.newPage({
      viewport: { width: shot.width, height: 600 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    await page.goto(shot.url);
    await page.locator('main, .folded').first().waitFor();
    if (shot.group === 'Overlay') await page.addStyleTag({ content: FILM_BEHIND });
    await page.screenshot({ path: `${FOLDER}/${fileOf(shot, colorScheme)}`, fullPage: await isTall(page) });
    await page.close();
  }
}

/** A page that is longer than its window is shown whole. */
function isTall(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollHeight > innerHeight);
}
