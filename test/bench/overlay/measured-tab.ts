import type { BrowserContext, Frame, Page } from 'playwright';
import { joinCall, seeMoving } from '../../support/faces.ts';
import { openDrawer, overlayOf } from '../../support/overlay.ts';
import { joinByPopup } from '../../support/join-by-popup.ts';
import { until } from '../../support/until.ts';
import { readCounted, startCounting, type Counted } from './film-counters.ts';
import { putIn } from './put-in.ts';
import type { Variant } from './variants.ts';

export interface Place {
  filmUrl: string;
  /** Of the party. */
  invite: string;
}

/** Brings a new browser to where it is measured: one tab, in which the film plays and is counted. */
export async function prepareTab(context: BrowserContext, variant: Variant, place: Place): Promise<void> {
  const page = await context.newPage();
  const extensionUrl = variant.extension ? await closeWelcome(context) : null;
  for (const other of context.pages()) if (other !== page) await other.close();
  await page.goto(place.filmUrl);
  // A browser lets a page play with sound only after a person has touched it.
  await page.locator('h1').click();
  await page.waitForFunction(() => document.querySelector<HTMLVideoElement>('#film')?.readyState === 4);
  if (extensionUrl && variant.party) {
    await join(context, extensionUrl, place.invite);
    await page.bringToFront();
    if (variant.party === 'open') await openDrawer({ page });
    if (variant.call) await seeMoving(await joinCall({ page }), 1);
  }
  await startCounting(page);
  await page.locator('#toggle').click();
  if (variant.putIn) await putIn(page, variant.putIn);
}

/** What the page counted, if all was as it should be meanwhile. */
export async function lookAtTab(context: BrowserContext, variant: Variant, place: Place): Promise<Counted> {
  const page = context.pages().find((each) => each.url() === place.filmUrl);
  if (!page) throw new Error(`${variant.name}: the film's tab is gone`);
  const counted = await readCounted(page);
  if (counted.hidden) throw new Error(`${variant.name}: the film's tab was hidden`);
  const drawers = await Promise.all(overlaysOf(page).map((frame) => frame.getByRole('log').count()));
  const shown = drawers.map((logs) => (logs > 0 ? 'open' : 'folded')).join() || null;
  if (shown !== variant.party) throw new Error(`${variant.name}: the overlay was ${String(shown)}`);
  if (variant.call) await seeMoving(await overlayOf(page), 1);
  return counted;
}

/** As it is when nothing has happened for half a minute: no page of the extension is open, and its worker sleeps. */
async function closeWelcome(context: BrowserContext): Promise<string> {
  let welcome: Page | undefined;
  await until(
    () => {
      welcome = context.pages().find((page) => page.url().includes('/options.html'));
      return Promise.resolve(welcome ? null : 'the extension has not welcomed anybody');
    },
    { timeoutMs: 10_000 },
  );
  if (!welcome) throw new Error('no welcome');
  await welcome.waitForLoadState();
  const cdp = await context.newCDPSession(welcome);
  await cdp.send('ServiceWorker.enable');
  await cdp.send('ServiceWorker.stopAllWorkers');
  const url = welcome.url();
  await welcome.close();
  return url;
}

async function join(context: BrowserContext, extensionUrl: string, invite: string): Promise<void> {
  const popup = await context.newPage();
  await popup.goto(new URL('/popup.html', extensionUrl).href);
  await joinByPopup(popup, 'Ana', invite);
  await popup.close();
}

function overlaysOf(page: Page): Frame[] {
  return page.frames().filter((frame) => frame.url().endsWith('/overlay.html'));
}
