import type { Page } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { launchFirefoxMember } from '../support/firefox.ts';
import { startParty } from '../support/test-party.ts';

/** From the overlay's right and lower edges to what is pressed: its pages cannot be looked into from outside. */
const PILL_PX = { right: 30, bottom: 30 };
const FIELD_PX = { right: 180, bottom: 44 };
const DRAWER_WIDTH_PX = 320;

test('the overlay takes what is typed in Firefox, and its site nothing', async () => {
  const party = await startParty(['Fox'] as const, launchFirefoxMember, '/isolated');
  try {
    await party.join('Fox');
    const { page, popupText } = party.members.Fox;
    await page.evaluate(stealKeys);
    await expect.poll(() => overlay(page), { timeout: 5000 }).not.toBeNull();
    // A press counts only once the tab has been in front for a moment.
    const pressed = async () => {
      if ((await overlay(page))?.width !== DRAWER_WIDTH_PX) await press(page, PILL_PX);
      return (await overlay(page))?.width;
    };
    await expect.poll(pressed, { timeout: 5000, interval: 300 }).toBe(DRAWER_WIDTH_PX);
    await press(page, FIELD_PX);
    await page.keyboard.type('k over the film');
    await page.keyboard.press('Enter');
    await expect.poll(popupText, { timeout: 5000 }).toContain('k over the film');
    expect(await page.evaluate(() => document.documentElement.dataset.stolen)).toBeUndefined();
  } finally {
    await party.close();
  }
});

const overlay = (page: Page) =>
  page.evaluate(() => {
    const host = document.querySelector('html > div');
    if (!host) return null;
    const { right, bottom, width } = host.getBoundingClientRect();
    return { right, bottom, width };
  });

async function press(page: Page, from: { right: number; bottom: number }): Promise<void> {
  const box = await overlay(page);
  if (!box) throw new Error('no overlay');
  // A browser finds out what is pressed by what was last painted, and a person presses what they see.
  await page.screenshot();
  const [x, y] = [box.right - from.right, box.bottom - from.bottom];
  // As a hand does, within the overlay: what merely appears under the pointer cannot be pressed.
  await page.mouse.move(x - 12, y);
  await page.mouse.move(x, y);
  await page.mouse.click(x, y);
}

function stealKeys(): void {
  for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput']) {
    const steal = (event: Event) => {
      event.stopImmediatePropagation();
      event.preventDefault();
      document.documentElement.dataset.stolen = type;
    };
    window.addEventListener(type, steal, { capture: true });
  }
}
