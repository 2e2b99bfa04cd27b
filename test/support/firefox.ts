import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import puppeteer, { type Browser, type ElementHandle, type Frame, type Page } from 'puppeteer-core';
import { sampleFilm } from './film-probe.ts';
import type { Member } from './member.ts';
import { until } from './until.ts';

export const FIREFOX_BUILD = '.output/firefox-mv2-demo';

export function firefoxPath(): string {
  const places = [
    process.env.STREAMSYNC_FIREFOX,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ];
  const found = places.find((path) => path && existsSync(path));
  if (!found)
    throw new Error('No Firefox found: install firefox-esr, or set STREAMSYNC_FIREFOX to its path.');
  return found;
}

export interface FirefoxMember extends Member {
  /** The tab of the film. */
  page: Page;
  /** The popup in a tab of its own, which is closed again. */
  withPopup: <T>(use: (popup: Page) => Promise<T>) => Promise<T>;
  /** Of the browser's first process. */
  pid: number | null;
}

const PATIENCE_MS = 10_000;
/** A camera and a microphone that Firefox makes up, which it gives without asking. */
export const FAKE_DEVICES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
};

/** A Firefox with a profile of its own, the extension, and a film at `url`. */
export function launchFirefox(name: string, url: string): Promise<Member> {
  return launchFirefoxMember(name, url);
}

/** The same, for those who look behind what every browser's member has. */
export async function launchFirefoxMember(
  name: string,
  url: string,
  extraPrefsFirefox: Record<string, unknown> = {},
): Promise<FirefoxMember> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefoxPath(),
    headless: true,
    // The fixtures of sites, under the sites' own names.
    acceptInsecureCerts: true,
    extraPrefsFirefox,
  });
  await browser.installExtension(resolve(FIREFOX_BUILD));
  // Automation may not open extension pages in Firefox, but it may use the one that the extension opens itself.
  const own = await ownPage(() => browser.pages());
  const page = await browser.newPage();
  await page.goto(url);
  await (await element(page, 'h1')).click();

  const withPopup = async <T>(use: (popup: Page) => Promise<T>): Promise<T> => {
    await own.bringToFront();
    await own.evaluate(() => location.assign('/popup.html'));
    await element(own, 'main');
    try {
      return await use(own);
    } finally {
      await own.evaluate(() => location.assign('/options.html'));
      await page.bringToFront();
    }
  };

  return {
    name,
    page,
    withPopup,
    pid: browser.process()?.pid ?? null,
    join: (invite) =>
      withPopup(async (popup) => {
        await fill(popup, '#name', name);
        await fill(popup, '#join-room', invite);
        await (await element(popup, 'form[aria-labelledby="join-title"] button[type="submit"]')).click();
        await element(popup, '[role="log"]');
      }),
    popupText: () =>
      withPopup(async (popup) => {
        // Until the background has answered, it has none.
        await element(popup, 'h1, h2');
        return popup.evaluate(() => document.body.innerText);
      }),
    say: (text) =>
      withPopup(async (popup) => {
        await fill(popup, 'textarea', text);
        await popup.keyboard.press('Enter');
        await until(async () => ((await chatText(popup)).includes(text) ? null : 'not in the chat yet'), {
          timeoutMs: PATIENCE_MS,
        });
      }),
    leave: () =>
      withPopup(async (popup) => {
        await popup.evaluate(() => {
          const buttons = [...document.querySelectorAll('button')];
          buttons.find((button) => button.innerText.startsWith('Leave'))?.click();
        });
        await element(popup, '#name');
      }),
    goto: async (address) => {
      await page.goto(address);
    },
    reload: async () => {
      await page.reload();
    },
    press: async (id) => (await element(page, `#${id}`)).click(),
    key: (key) => page.keyboard.press(key as 'k'),
    chooseSpeed: async (rate) => (await element(page, `#speed-${rate * 100}`)).click(),
    sample: () => page.evaluate(sampleFilm),
    pageScript: async (source) => {
      await page.addScriptTag({ content: `setTimeout(() => { ${source} }, 0)` });
    },
    close: () => browser.close(),
  };
}

/** The page of ours that is over the film. */
export const overlayIn = (page: Page): Promise<Frame> =>
  frameAt(() => Promise.resolve([page]), '/overlay.html');

/** `name`: a pattern of what the button says. */
export async function press(frame: Frame, name: string): Promise<void> {
  const pressed = () =>
    frame.evaluate((wanted) => {
      const buttons = [...document.querySelectorAll('button')];
      const button = buttons.find(({ textContent }) => new RegExp(wanted).test(textContent.trim()));
      button?.click();
      return button !== undefined;
    }, name);
  const missing = async () =>
    (await pressed())
      ? null
      : `no ${name} in what Firefox showed:\n${await frame.evaluate(() => document.body.innerText)}`;
  await until(missing, { timeoutMs: PATIENCE_MS });
}

/** Any page of ours that is open, by the end of its address. */
export const frameOf = (browser: Browser, path: string): Promise<Frame> =>
  frameAt(() => browser.pages(), path);

async function frameAt(pages: () => Promise<Page[]>, path: string): Promise<Frame> {
  let found: Frame | undefined;
  await until(
    async () => {
      for (const frame of (await pages()).flatMap((page) => page.frames())) {
        // The protocol shows such a frame as about:blank; only the frame itself knows where it is.
        const href = await frame.evaluate(() => location.href).catch(() => '');
        if (href.startsWith('moz-extension:') && href.endsWith(path)) found = frame;
      }
      return found ? null : `no ${path}`;
    },
    { timeoutMs: PATIENCE_MS },
  );
  if (!found) throw new Error(`no ${path}`);
  return found;
}

async function ownPage(pages: () => Promise<Page[]>): Promise<Page> {
  let found: Page | undefined;
  await until(
    async () => {
      for (const page of await pages()) {
        // The protocol shows such a page as about:blank; only the page itself knows where it is.
        const href = await page.evaluate(() => location.href).catch(() => '');
        if (href.startsWith('moz-extension:')) found = page;
      }
      return found ? null : 'the extension has opened no page';
    },
    { timeoutMs: PATIENCE_MS },
  );
  if (!found) throw new Error('the extension has opened no page');
  return found;
}

async function element(page: Page, selector: string): Promise<ElementHandle> {
  const found = await page.waitForSelector(selector, { timeout: PATIENCE_MS });
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

async function fill(page: Page, selector: string, text: string): Promise<void> {
  const field = await element(page, selector);
  await field.evaluate((input) => {
    (input as HTMLInputElement).value = '';
  });
  await field.type(text);
}

function chatText(popup: Page): Promise<string> {
  return popup.evaluate(() => document.querySelector<HTMLElement>('[role="log"]')?.innerText ?? '');
}
