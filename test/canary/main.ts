/*
 * `npm run canary [folder]`: every site's rule against its fixture, and against real pages that were saved into a folder
 * (`canary-pages` unless said otherwise), in a real Chromium with the extension. Ends with 1 when a rule fails.
 */
import { existsSync } from 'node:fs';
import type { Page } from 'playwright';
import { commandReply } from '../../src/messaging/commands.ts';
import type { SiteCheck } from '../../src/messaging/site-check.ts';
import { buildExtension } from '../demo/build.ts';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startSiteServer } from '../support/sites/site-server.ts';
import { judge, LEGEND, tableLines, type Row } from './judge.ts';
import { fixturePages, savedPages, type CanaryPage } from './pages.ts';

const DEFAULT_FOLDER = 'canary-pages';

const [asked] = process.argv.slice(2);
const folder = asked ?? DEFAULT_FOLDER;
if (asked !== undefined && !existsSync(asked)) {
  console.error(`There is no folder ${asked}.`);
  process.exit(2);
}
const saved = existsSync(folder) ? await savedPages(folder) : [];
const pages = [...fixturePages(), ...saved];
await buildExtension();
const rows = await checkAll(pages);
console.log([...tableLines(rows), '', LEGEND].join('\n'));
if (saved.length === 0)
  console.log(`No saved pages: put some into ${folder} (README, “When a site changes”).`);
const failed = rows.filter(({ works }) => !works);
console.log(failed.length === 0 ? 'All rules fit.' : `${failed.length} of ${rows.length} do not fit.`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function checkAll(pages: readonly CanaryPage[]): Promise<Row[]> {
  await using started = new AsyncDisposableStack();
  const site = started.adopt(await startSiteServer(), (each) => each.close());
  const [first] = pages;
  if (!first) return [];
  const launch = launchChromium('canary', first.url, { args: site.chromiumArgs, untouched: true });
  const chromium = started.adopt(await launch, (each) => each.close());
  const rows: Row[] = [];
  for (const page of pages) rows.push(judge(page, await check(chromium, page)));
  return rows;
}

async function check(chromium: ChromiumMember, { url, html }: CanaryPage): Promise<SiteCheck> {
  const page = await chromium.context.newPage();
  try {
    if (html === null) await openFixture(page, url);
    else await openSaved(page, url, html);
    await page.bringToFront();
    const popup = await chromium.openPopup();
    const reply = await popup.evaluate(askCheck);
    await popup.close();
    const parsed = commandReply.parse(reply);
    if (!parsed.ok || !parsed.siteCheck) throw new Error(`no site check of ${url}`);
    return parsed.siteCheck;
  } finally {
    await page.close();
  }
}

async function openFixture(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => 'fixture' in globalThis, undefined, { timeout: 15_000 });
  await page.mouse.move(200, 200);
}

/** As it was saved: its scripts would tear it down, and nothing of it is asked of the real site. */
async function openSaved(page: Page, url: string, html: string): Promise<void> {
  await page.route('**/*', (route) =>
    route.request().url() === url
      ? route.fulfill({
          contentType: 'text/html; charset=utf-8',
          headers: { 'content-security-policy': "script-src 'none'" },
          body: html,
        })
      : route.abort(),
  );
  await page.goto(url, { waitUntil: 'domcontentloaded' });
}

/** Asks as the popup does, from its page: for the tab that was at the front before it. */
async function askCheck(): Promise<unknown> {
  interface Extension {
    tabs: { query: (what: object) => Promise<{ id?: number; url?: string; lastAccessed?: number }[]> };
    runtime: { sendMessage: (message: object) => Promise<unknown>; getURL: (path: string) => string };
  }
  const { chrome } = globalThis as typeof globalThis & { chrome: Extension };
  const tabs = await chrome.tabs.query({ currentWindow: true });
  const [latest] = tabs
    .filter(({ url }) => !url?.startsWith(chrome.runtime.getURL('/')))
    .sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0));
  return chrome.runtime.sendMessage({ type: 'check_site', tabId: latest?.id, tries: false });
}
