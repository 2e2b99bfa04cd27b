import type { Frame, Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember> | undefined;
afterEach(() => party?.close());

async function watching(path: string) {
  party = await startParty(['Ana', 'Ben'] as const, (name, url) => launchChromium(name, url), path);
  await party.join('Ana', 'Ben');
  return party.members;
}

describe('the party over the film', () => {
  test.each(['/film', '/strict'])('is spoken in on %s, and no key of it reaches the site', async (path) => {
    const { Ana, Ben } = await watching(path);
    await hostileKeys(Ana.page);
    const anas = await openDrawer(Ana);
    const field = anas.getByRole('textbox', { name: /message/i });
    await field.click();
    await Ana.page.keyboard.type('k l j f m 0');
    await Ana.page.keyboard.press('ArrowLeft');
    await Ana.page.keyboard.press('Space');
    expect(await Ana.page.evaluate(() => document.documentElement.dataset.stolen ?? '')).toBe('');
    await Ana.page.keyboard.press('Enter');
    const bens = await openDrawer(Ben);
    await bens.getByRole('log').getByText('k l j f m').waitFor();
    expect(await bens.getByRole('log').getByText('Ana', { exact: true }).count()).toBe(1);
    expect((await party?.samples())?.every(({ paused }) => paused)).toBe(true);
  });

  test('can be used while the player is full screen, and is not loaded anew by it', async () => {
    const { Ana } = await watching('/film');
    const drawer = await openDrawer(Ana);
    await Ana.page.evaluate(() => document.querySelector('#stage')?.requestFullscreen());
    await Ana.page.waitForFunction(() => document.fullscreenElement !== null);
    await drawer.getByRole('textbox', { name: /message/i }).fill('from full screen');
    await drawer.getByRole('button', { name: 'Send' }).click();
    await drawer.getByRole('log').getByText('from full screen').waitFor();
    expect(await Ana.page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  });

  test('comes back when the site throws it out, and goes when the person wants so', async () => {
    const { Ana } = await watching('/film');
    await openDrawer(Ana);
    const thrownOut = Ana.page.waitForEvent('framedetached');
    await Ana.page.evaluate(() => document.querySelector('[popover]')?.remove());
    await thrownOut;
    const drawer = await overlayOf(Ana.page);
    await drawer.getByRole('heading', { level: 1 }).waitFor();
    const popup = await Ana.openPopup();
    await popup.getByRole('button', { name: 'Hide the party over the film' }).click();
    await expect.poll(() => framesOf(Ana.page).length).toBe(0);
    await popup.close();
  });

  test('shows a site that frames it nothing, and the site cannot tell that it is installed', async () => {
    const { Ana } = await watching('/film');
    const url = Ana.extensionUrl('/overlay.html');
    const told = await Ana.page.evaluate(async (address) => {
      const fetched = await fetch(address).then(
        () => true,
        () => false,
      );
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
      await new Promise((loaded) => frame.addEventListener('load', loaded));
      frame.contentWindow?.postMessage({ streamsync: 'secret', secret: 'a secret that is none' }, '*');
      return fetched;
    }, url);
    expect(told).toBe(false);
    for (const frame of Ana.page.frames()) {
      if (frame === Ana.page.mainFrame() || framesOf(Ana.page)[0] === frame) continue;
      expect(await frame.locator('main, .overlay button').count()).toBe(0);
    }
  });

  test('lets in nobody who knows its address but not its secret', async () => {
    const { Ana } = await watching('/film');
    await overlayOf(Ana.page);
    const address = await addressOf(Ana);
    await Ana.page.evaluate((src) => {
      const frame = document.createElement('iframe');
      const guess = () =>
        frame.contentWindow?.postMessage({ streamsync: 'secret', secret: 'x'.repeat(36), open: true }, '*');
      window.addEventListener('message', ({ source }) => source === frame.contentWindow && guess());
      frame.src = src;
      document.body.append(frame);
    }, address);
    await expect.poll(() => framesOf(Ana.page).length, { timeout: 5000 }).toBe(2);
    const told = framesOf(Ana.page).map((frame) => frame.locator('.overlay').waitFor({ state: 'attached' }));
    await Promise.all(told);
    await (await openDrawer(Ana)).getByRole('heading', { level: 1 }).waitFor();
    const shown = await Promise.all(framesOf(Ana.page).map((frame) => frame.locator('main, .pill').count()));
    expect(shown.sort()).toEqual([0, 1]);
  });
});

const framesOf = (page: Page): Frame[] =>
  page.frames().filter((frame) => frame.url().endsWith('/overlay.html'));

/** The overlay page's address of this session, which is the extension's secret until it shows one. */
async function addressOf({ context, page }: ChromiumMember): Promise<string> {
  const result: unknown = await context.serviceWorkers()[0]?.evaluate(`(async () => {
    const tab = (await chrome.tabs.query({})).find(({ url }) => url === ${JSON.stringify(page.url())});
    const func = () => chrome.runtime.getURL('overlay.html');
    return (await chrome.scripting.executeScript({ target: { tabId: tab.id }, func }))[0].result;
  })()`);
  return String(result);
}

async function overlayOf(page: Page): Promise<Frame> {
  await expect.poll(() => framesOf(page).length, { timeout: 5000 }).toBeGreaterThan(0);
  const frame = framesOf(page)[0];
  if (!frame) throw new Error('no overlay');
  return frame;
}

async function openDrawer({ page }: ChromiumMember): Promise<Frame> {
  const overlay = await overlayOf(page);
  await overlay.getByRole('button', { name: /^Open the party/ }).click();
  await overlay.getByRole('heading', { level: 1 }).waitFor();
  return overlay;
}

/** A site that takes every key it can get, before anybody else. */
async function hostileKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input']) {
      const steal = (event: Event) => {
        event.stopImmediatePropagation();
        event.preventDefault();
        document.documentElement.dataset.stolen = `${document.documentElement.dataset.stolen ?? ''} ${type}`;
      };
      window.addEventListener(type, steal, { capture: true });
    }
  });
}
