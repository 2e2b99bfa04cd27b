import type { Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import {
  openDrawer,
  overlayBox,
  overlayFrames,
  overlayOf,
  pressShortcut,
  typingIn,
} from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

type Name = 'Ana' | 'Ben';
let party: TestParty<Name, ChromiumMember>;
let Ana: ChromiumMember;
let Ben: ChromiumMember;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'] as const, (name, url) => launchChromium(name, url));
  ({ Ana, Ben } = party.members);
  await party.join('Ana', 'Ben');
});
afterAll(() => party.close());
// A page of its own for each, with the overlay as it was left.
afterEach(async () => {
  await Ana.goto(`${party.site.origin}/film`);
  await Ana.page.mouse.move(5, 5);
});

describe('the party over the film', () => {
  test.each(['/film', '/strict', '/isolated'])(
    'is spoken in on %s, and no key of it reaches the site',
    async (path) => {
      await Ana.goto(party.site.origin + path);
      await hostileKeys(Ana.page);
      const anas = await openDrawer(Ana);
      const field = anas.getByRole('textbox', { name: /message/i });
      await field.click();
      await typingIn(anas);
      await Ana.page.keyboard.type('k l j f m 0');
      await Ana.page.keyboard.press('ArrowLeft');
      await Ana.page.keyboard.press('Space');
      expect(await Ana.page.evaluate(() => document.documentElement.dataset.stolen ?? '')).toBe('');
      await Ana.page.keyboard.press('Enter');
      const bens = await openDrawer(Ben);
      await bens.getByRole('log').getByText('k l j f m').last().waitFor();
      expect((await party.samples()).every(({ paused }) => paused)).toBe(true);
    },
  );

  test.each(['/film', '/strict'])('is pressed while a reaction floats over the film on %s', async (path) => {
    await Ana.goto(party.site.origin + path);
    const fire = (await openDrawer(Ana)).getByRole('button', { name: 'Fire' });
    await fire.click();
    await Ana.page.locator('html > div[aria-hidden]').waitFor({ state: 'attached' });
    // Each is over the film for 3.2 s.
    for (let presses = 0; presses < 3; presses++) await fire.click({ timeout: 2000 });
  });

  test('can be used while the player is full screen, and is not loaded anew by it', async () => {
    const drawer = await openDrawer(Ana);
    await Ana.page.evaluate(() => document.querySelector('#stage')?.requestFullscreen());
    await Ana.page.waitForFunction(() => document.fullscreenElement !== null);
    await drawer.getByRole('textbox', { name: /message/i }).fill('from full screen');
    await drawer.getByRole('button', { name: 'Send' }).click();
    await drawer.getByRole('log').getByText('from full screen').waitFor();
    expect(await Ana.page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  });

  test('gives no key away to a site that takes the focus again and again', async () => {
    await Ana.page.evaluate(() => {
      const player = document.querySelector<HTMLElement>('#comment');
      player?.addEventListener('blur', () => player.focus());
      player?.focus();
      setInterval(() => player?.focus(), 80);
    });
    const drawer = await openDrawer(Ana);
    const field = drawer.getByRole('textbox', { name: /message/i });
    await field.click();
    await typingIn(drawer);
    await Ana.page.keyboard.type('still here', { delay: 60 });
    expect(await field.inputValue()).toBe('still here');
    expect(await Ana.page.locator('#comment').inputValue()).toBe('');
    // A press beside it says that the person is done; the site has the keys again from then on.
    const { x = 0, y = 0 } = (await Ana.page.locator('#comment').boundingBox()) ?? {};
    await Ana.page.mouse.click(x + 5, y + 5);
    await Ana.page.mouse.click(x + 5, y + 5);
    await Ana.page.keyboard.type('mine');
    expect(await Ana.page.locator('#comment').inputValue()).toContain('mine');
    await field.fill('');
  });

  test('can be pressed again as soon as somebody has written against such a site', async () => {
    const drawer = await openDrawer(Ana);
    // Chromium forgets in most such rounds to tell that it is seen again, until the page draws something.
    for (let round = 0; round < 5; round++) {
      await drawer.getByRole('textbox', { name: /message/i }).click();
      await typingIn(drawer);
      await Ana.page.evaluate(takeFocus);
      await Ana.page.waitForFunction(() => document.activeElement?.matches('html > div'));
      await typingIn(drawer);
      await Ana.page.keyboard.press('Escape');
      await expect.poll(() => drawer.evaluate(() => document.hasFocus())).toBe(false);
      await drawer.getByRole('button', { name: 'Move with the arrow keys' }).click({ timeout: 2000 });
    }
  });

  test('is moved, made larger and smaller by pointer and by keys, and stays so', async () => {
    const drawer = await openDrawer(Ana);
    const before = await overlayBox(Ana.page);
    await drawer.getByRole('button', { name: 'Move with the arrow keys' }).press('ArrowLeft');
    await expect.poll(async () => (await overlayBox(Ana.page))?.x).toBeCloseTo((before?.x ?? 0) - 24, 0);
    await drawer.getByRole('button', { name: /^Change the size/ }).press('ArrowLeft');
    const wider = { width: (before?.width ?? 0) + 24, x: (before?.x ?? 0) - 48 };
    await expect.poll(() => overlayBox(Ana.page)).toMatchObject(wider);
    await drag(Ana.page, drawer.locator('.resize'), -40, -40);
    const last = { width: wider.width + 40, height: (before?.height ?? 0) - 40 };
    await expect.poll(() => overlayBox(Ana.page)).toMatchObject(last);
    await Ana.reload();
    await openDrawer(Ana);
    await expect.poll(() => overlayBox(Ana.page)).toMatchObject(last);
  });

  test('is written in by a key of the browser, and by the same key folded', async () => {
    const drawer = await openDrawer(Ana);
    await drawer.getByRole('button', { name: 'Fold' }).click();
    await Ana.page.locator('h1').click();
    await pressShortcut(Ana, 'chat');
    await drawer.getByRole('textbox', { name: /message/i }).waitFor();
    await expect.poll(() => drawer.evaluate(() => document.activeElement?.id)).toBe('chat-text');
    await Ana.page.keyboard.type('by key');
    expect(await drawer.getByRole('textbox', { name: /message/i }).inputValue()).toBe('by key');
    await pressShortcut(Ana, 'chat');
    await drawer.getByRole('button', { name: /^Open the party/ }).waitFor();
    await expect.poll(() => Ana.page.evaluate(() => document.activeElement === document.body)).toBe(true);
  });

  test('shows no scroll bar around itself, folded or unfolded, in a window as small as it gets', async () => {
    const drawer = await openDrawer(Ana);
    const size = Ana.page.viewportSize() ?? { width: 900, height: 720 };
    /** What sticks out of the frame, in CSS pixels; a browser shows scroll bars for the first that does. */
    const outside = () =>
      drawer.evaluate(() => {
        const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
        return [Math.max(0, scrollWidth - clientWidth), Math.max(0, scrollHeight - clientHeight)];
      });
    for (const smaller of [size, { width: 480, height: 300 }]) {
      await Ana.page.setViewportSize(smaller);
      await expect.poll(outside).toEqual([0, 0]);
    }
    await drawer.getByRole('button', { name: 'Fold' }).click();
    await Ben.say(`a line that is a good deal longer than a toast is wide, ${'and longer '.repeat(8)}`);
    await drawer.locator('.toast').first().waitFor();
    await expect.poll(outside).toEqual([0, 0]);
    await Ana.page.setViewportSize(size);
    await expect.poll(outside).toEqual([0, 0]);
  });

  test('has keys of the browser that the options list, and lead to where they are changed', async () => {
    const options = await Ana.context.newPage();
    await options.goto(Ana.extensionUrl('/options.html'));
    const keys = options.getByRole('region', { name: 'Keys' });
    await keys.getByText('Alt+Shift+K').waitFor();
    // One that the browser has for itself would be given to nobody.
    const all = ['Alt+Shift+E', 'Alt+Shift+K', 'Alt+Shift+M', 'Alt+Shift+S'];
    expect((await keys.locator('kbd').allInnerTexts()).sort()).toEqual(all);
    const opened = Ana.context.waitForEvent('page');
    await keys.getByRole('button', { name: 'Change the keys' }).click();
    const settings = await opened;
    await settings.waitForURL('chrome://extensions/shortcuts');
    await settings.close();
    await options.close();
  });

  test('makes way while the film plays and nobody moves, and is back with the pointer', async () => {
    const overlay = await overlayOf(Ana.page);
    await overlay.locator('.pill, .drawer').waitFor();
    if ((await overlay.locator('.drawer').count()) > 0)
      await overlay.getByRole('button', { name: 'Fold' }).click();
    await Ana.clickFilm();
    await party.expectAll({ playing: true, withinMs: 1000 }, ['Ana']);
    const opacity = () => overlay.locator('.pill').evaluate((pill) => getComputedStyle(pill).opacity);
    await expect.poll(opacity, { timeout: 8000 }).toBe('0');
    await Ana.page.mouse.move(60, 60);
    await expect.poll(opacity).toBe('1');
    await Ana.clickFilm();
  });

  test('comes back when the site throws it out, and goes when the person wants so', async () => {
    await openDrawer(Ana);
    const thrownOut = Ana.page.waitForEvent('framedetached');
    await Ana.page.evaluate(() => document.querySelector('html > div')?.remove());
    await thrownOut;
    const drawer = await overlayOf(Ana.page);
    await drawer.getByRole('heading', { level: 1 }).waitFor();
    const popup = await Ana.openPopup();
    await popup.getByRole('button', { name: 'Hide the party over the film' }).click();
    await expect.poll(() => overlayFrames(Ana.page).length).toBe(0);
    await popup.getByRole('button', { name: 'Show the party over the film' }).click();
    await expect.poll(() => overlayFrames(Ana.page).length).toBe(1);
    await popup.close();
  });

  test('is there once, however quickly it goes and comes', async () => {
    const first = await overlayOf(Ana.page);
    const popup = await Ana.openPopup();
    // Faster than its place on this site can be read.
    await popup.evaluate(`(() => {
      for (const on of [false, true, false, true, false, true])
        void chrome.runtime.sendMessage({ type: 'show_overlay', on });
    })()`);
    await popup.close();
    await expect.poll(() => first.isDetached()).toBe(true);
    await openDrawer(Ana);
    expect(await Ana.page.locator('html > div').count()).toBe(1);
  });

  test('shows a site that frames it nothing, and the site cannot tell that it is installed', async () => {
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
      if (frame === Ana.page.mainFrame() || overlayFrames(Ana.page)[0] === frame) continue;
      expect(await frame.locator('main, .overlay button').count()).toBe(0);
    }
  });

  test('lets in nobody who knows its address but not its secret', async () => {
    await overlayOf(Ana.page);
    const address = await addressOf(Ana);
    await Ana.page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.addEventListener('load', () => {
        const guess = { secret: 'x'.repeat(36), where: 'film', open: true, canPopOut: false };
        const { port2 } = new MessageChannel();
        frame.contentWindow?.postMessage({ streamsync: 'overlay', ...guess }, '*', [port2]);
      });
      frame.src = src;
      document.body.append(frame);
    }, address);
    await expect.poll(() => overlayFrames(Ana.page).length, { timeout: 5000 }).toBe(2);
    const told = overlayFrames(Ana.page).map((frame) =>
      frame.locator('.overlay').waitFor({ state: 'attached' }),
    );
    await Promise.all(told);
    await (await openDrawer(Ana)).getByRole('heading', { level: 1 }).waitFor();
    const shown = await Promise.all(
      overlayFrames(Ana.page).map((frame) => frame.locator('main, .pill').count()),
    );
    expect(shown.sort()).toEqual([0, 1]);
  });

  test('comes to a page that was still being looked into when the party began', async () => {
    await Ana.leave();
    // Without a film it is looked into for longest.
    await Ana.goto(`${party.site.origin}/film?late=3600000`);
    await joinWhileLookedInto(Ana, party.taps.Ana.invite(party.room));
    await (await overlayOf(Ana.page)).locator('.pill, .drawer').waitFor();
  });
});

/** As a person does who presses Join as soon as the popup is open, in an order that is the same each time. */
async function joinWhileLookedInto({ page, name, openPopup }: ChromiumMember, invite: string): Promise<void> {
  const { host, pathname } = new URL(invite);
  const join = {
    type: 'join',
    serverUrl: `ws://${host}/ws`,
    roomId: pathname.split('/').at(-1),
    roomKey: null,
  };
  const popup = await openPopup();
  const reply: unknown = await popup.evaluate(`(async () => {
    const tab = (await chrome.tabs.query({})).find(({ url }) => url === ${JSON.stringify(page.url())});
    void chrome.runtime.sendMessage({ type: 'probe_tab', tabId: tab.id });
    await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ['/player.js'] });
    const join = ${JSON.stringify({ ...join, displayName: name, goToContent: false })};
    return chrome.runtime.sendMessage({ ...join, tabId: tab.id });
  })()`);
  await popup.close();
  expect(reply).toEqual({ ok: true });
}

/** The overlay page's address of this session, which is the extension's secret until it shows one. */
async function addressOf({ context, page }: ChromiumMember): Promise<string> {
  const result: unknown = await context.serviceWorkers()[0]?.evaluate(`(async () => {
    const tab = (await chrome.tabs.query({})).find(({ url }) => url === ${JSON.stringify(page.url())});
    const func = () => chrome.runtime.getURL('overlay.html');
    return (await chrome.scripting.executeScript({ target: { tabId: tab.id }, func }))[0].result;
  })()`);
  return String(result);
}

/** By the pointer, as slowly as a hand: the browser needs a moment to give a frame what moves outside of it. */
async function drag(page: Page, grip: Locator, dx: number, dy: number): Promise<void> {
  await grip.hover();
  const box = await grip.boundingBox();
  if (!box) throw new Error('nothing to drag');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const before = JSON.stringify(await overlayBox(page));
  await page.mouse.down();
  await page.mouse.move(x + Math.sign(dx), y);
  await expect.poll(async () => JSON.stringify(await overlayBox(page))).not.toBe(before);
  await page.mouse.move(x + dx, y + dy, { steps: 5 });
  await page.mouse.up();
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

/** Runs in the page: takes the keys once, and draws nothing for it. */
function takeFocus(): void {
  const player = document.createElement('div');
  player.tabIndex = -1;
  player.style.outline = '0';
  document.body.append(player);
  player.focus();
}
