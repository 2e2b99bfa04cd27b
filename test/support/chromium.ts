import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Frame, type Page } from 'playwright';
import { sampleFilm } from './film-probe.ts';
import { joinByPopup } from './join-by-popup.ts';
import type { Member } from './member.ts';

export const CHROME_BUILD = '.output/chrome-mv3-demo';

/** The system's Chromium where there is one, else the one Playwright has downloaded. */
export function chromiumPath(): string {
  const named = process.env.STREAMSYNC_CHROMIUM;
  const known = [named, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path && existsSync(path),
  );
  return known ?? chromium.executablePath();
}

export interface ChromiumMember extends Member {
  context: BrowserContext;
  /** The tab of the film. */
  page: Page;
  /** The folder of its profile, by which its processes can be told. */
  profile: string;
  extensionUrl: (path: string) => string;
  /** The frame that has the film: the page itself or one that it embeds. */
  filmFrame: () => Promise<Frame>;
  /** Presses play or pause on the player itself, wherever it is in the page. */
  clickFilm: () => Promise<void>;
  /** The popup in a tab of its own. */
  openPopup: () => Promise<Page>;
  /** Has the browser stop the extension's service worker, as it does with idle ones. */
  stopWorker: () => Promise<void>;
}

export interface LaunchOptions {
  headless?: boolean;
  args?: string[];
  viewport?: { width: number; height: number };
  /** Leaves the page as nobody has touched it yet: it may not make sound then. */
  untouched?: boolean;
  /** Whether a signal to this process ends the browser, and this process with it, at once. */
  handleSignals?: boolean;
  /** Of Playwright's own arguments, those to do without: it mutes, for one. */
  withoutArgs?: string[];
  env?: Record<string, string>;
  /** Started in place of the browser, which it is to start. */
  launcher?: string | undefined;
  /** The folder of the extension; the build for tests if not given. */
  build?: string;
}

/** A Chromium with a profile of its own, the extension, and a film at `url`. */
export async function launchChromium(
  name: string,
  url: string,
  {
    headless = true,
    args = [],
    viewport = { width: 900, height: 720 },
    handleSignals = true,
    untouched = false,
    withoutArgs = [],
    env = {},
    launcher,
    build = CHROME_BUILD,
  }: LaunchOptions = {},
): Promise<ChromiumMember> {
  const profile = await mkdtemp(join(tmpdir(), 'streamsync-'));
  const removeProfile = () => rm(profile, { recursive: true, force: true, maxRetries: 5 });
  const launching = chromium.launchPersistentContext(profile, {
    executablePath: launcher ?? chromiumPath(),
    headless: false,
    viewport,
    handleSIGINT: handleSignals,
    handleSIGTERM: handleSignals,
    handleSIGHUP: handleSignals,
    ignoreDefaultArgs: withoutArgs,
    env: { ...process.env, ...env },
    args: [
      ...(headless ? ['--headless=new'] : []),
      '--no-sandbox',
      '--disable-background-networking',
      `--disable-extensions-except=${build}`,
      `--load-extension=${build}`,
      ...args,
    ],
  });
  const context = await orAfter(removeProfile, launching);
  const close = async () => {
    await context.close();
    await removeProfile();
  };
  const { page, worker } = await orAfter(close, openFilm(context, url, untouched));
  const extensionUrl = (path: string) => new URL(path, worker.url()).href;

  const openPopup = async () => {
    const popup = await context.newPage();
    await popup.goto(extensionUrl('/popup.html'));
    return popup;
  };
  const withPopup = async <T>(use: (popup: Page) => Promise<T>): Promise<T> => {
    const popup = await openPopup();
    try {
      return await use(popup);
    } catch (error) {
      const shown = await popup.locator('body').innerText();
      throw new Error(`${name}'s popup showed:\n${shown}`, { cause: error });
    } finally {
      await popup.close();
      await page.bringToFront();
    }
  };

  return {
    name,
    context,
    page,
    profile,
    extensionUrl,
    openPopup,
    join: (invite) => withPopup((popup) => joinByPopup(popup, name, invite)),
    popupText: () =>
      withPopup(async (popup) => {
        await popup.getByRole('heading').first().waitFor();
        return popup.locator('body').innerText();
      }),
    say: (text) =>
      withPopup(async (popup) => {
        const field = popup.getByRole('textbox', { name: /message/i });
        await field.fill(text);
        await field.press('Enter');
        await popup.getByRole('log').getByText(text, { exact: true }).waitFor();
      }),
    leave: () =>
      withPopup(async (popup) => {
        await popup.getByRole('button', { name: /^Leave/ }).click();
        await popup.getByLabel('Your name').waitFor();
      }),
    goto: async (address) => {
      await page.goto(address);
    },
    reload: async () => {
      await page.reload();
    },
    press: (id) => page.locator(`#${id}`).click(),
    filmFrame: () => filmFrame(page),
    clickFilm: async () => {
      await (await filmFrame(page)).locator('#film').click();
    },
    key: (key) => page.keyboard.press(key),
    chooseSpeed: (rate) => page.locator(`#speed-${rate * 100}`).click(),
    sample: async () => (await filmFrame(page)).evaluate(sampleFilm),
    pageScript: async (source) => {
      const frame = await filmFrame(page);
      // Playwright's evaluate counts as a person's gesture (user activation); a timer of the page's does not.
      await frame.addScriptTag({ content: `setTimeout(() => { ${source} }, 0)` });
    },
    stopWorker: async () => {
      const popup = await openPopup();
      const cdp = await context.newCDPSession(popup);
      await cdp.send('ServiceWorker.enable');
      await cdp.send('ServiceWorker.stopAllWorkers');
      await popup.close();
    },
    close,
  };
}

async function openFilm(context: BrowserContext, url: string, untouched: boolean) {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  await page.bringToFront();
  // A browser lets a page play with sound only after a person has touched it.
  if (!untouched) await page.locator('h1').click();
  // Only now: several browsers that start at once on few cores draw their first picture late, which says nothing of ours.
  context.setDefaultTimeout(5000);
  return { page, worker };
}

/** What is half open when `work` fails is cleared away first. */
async function orAfter<T>(clear: () => Promise<void>, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await clear();
    throw error;
  }
}

async function filmFrame(page: Page): Promise<Frame> {
  for (const frame of page.frames()) {
    const has = await frame.evaluate(() => 'film' in globalThis).catch(() => false);
    if (has) return frame;
  }
  throw new Error('no frame has a film');
}
