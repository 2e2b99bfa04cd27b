/*
 * `npm run screens`: a picture of every page and state, in light and dark, into test-results/screens, and a page that shows them
 * side by side.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { chromium, type Page } from 'playwright';
import { OVERLAY_SIZE_PX } from '../../src/messaging/overlay.ts';
import { startServer } from '../../src/server/start-server.ts';
import { chromiumPath } from '../support/chromium.ts';
import { startPreview } from '../support/preview-pages.ts';
import { SCENES } from '../ui/scenes.ts';
import { fileOf, gallery, type Scheme, type Shot } from './gallery.ts';

const FOLDER = 'test-results/screens';
const SCHEMES: readonly Scheme[] = ['light', 'dark'];
const POPUP_WIDTH = 380;
const TAB_WIDTH = 900;
const PANEL_WIDTH = 320;
/** A button with what it tells beside it. */
const FOLDED_WIDTH = 360;
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
    ...names
      .filter((name) => !SCENES[name]?.call && name !== 'toasts')
      .map((name) => shot('Popup', name, `?scene=${name}&place=popup`, POPUP_WIDTH)),
    ...inParty
      .filter((name) => name !== 'toasts')
      .map((name) => overTheFilm(name, `?page=overlay&scene=${name}`)),
    overTheFilm('emoji', '?page=overlay&scene=party', { press: 'Emoji', waitFor: '.emoji-grid button' }),
    overTheFilm('folded', '?page=overlay&scene=party#folded'),
    overTheFilm('folded-call', '?page=overlay&scene=call#folded'),
    overTheFilm('folded-ad', '?page=overlay&scene=party-ad#folded', { width: FOLDED_WIDTH }),
    overTheFilm('folded-toasts', '?page=overlay&scene=toasts#folded', {
      width: FOLDED_WIDTH,
      waitFor: '.toast',
    }),
    overTheFilm('right-to-left', '?page=overlay&scene=party-lively&dir=rtl'),
    shot('Popup', 'right-to-left', '?scene=party-lively&place=popup&dir=rtl', POPUP_WIDTH),
    ...['party', 'party-trouble', 'party-key-missing', 'home', 'call', 'call-preview'].map((name) =>
      shot('Beside the page', name, `?scene=${name}&place=panel`, PANEL_WIDTH),
    ),
    ...['party-lively', 'home'].map((name) => shot('Tab', name, `?scene=${name}&place=tab`, TAB_WIDTH)),
    shot('Tab', 'camera', '?page=camera', TAB_WIDTH),
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

/** It is dark whatever the rest is. */
function overTheFilm(name: string, query: string, more: Partial<Shot> = {}): Shot {
  const { width, height } = OVERLAY_SIZE_PX;
  return {
    ...shot('Over the film', name, query, width.first),
    height: height.first,
    schemes: ['dark'],
    ...more,
  };
}

async function take(shot: Shot): Promise<void> {
  for (const colorScheme of shot.schemes ?? SCHEMES) {
    const page = await browser.newPage({
      viewport: { width: shot.width, height: shot.height ?? 600 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    await page.goto(shot.url);
    await page.locator('main, .folded').first().waitFor();
    if (shot.height !== undefined) await page.addStyleTag({ content: FILM_BEHIND });
    if (shot.press) await page.getByRole('button', { name: shot.press, exact: true }).click();
    if (shot.waitFor) await page.locator(shot.waitFor).first().waitFor();
    await page.waitForFunction(picturesShown);
    await page.screenshot({ path: `${FOLDER}/${fileOf(shot, colorScheme)}`, fullPage: await isTall(page) });
    await page.close();
  }
}

/** Runs in the page. */
function picturesShown(): boolean {
  return [...document.querySelectorAll('video')].every(({ videoWidth }) => videoWidth > 0);
}

/** A page that is longer than its window is shown whole. */
function isTall(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollHeight > innerHeight);
}
