import type { Frame } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChromiumMember } from '../support/chromium.ts';
import { launchWithCamera } from '../support/faces.ts';
import { overlayOf, pressShortcut, typingIn } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana', ChromiumMember>;

beforeAll(async () => {
  party = await startParty(['Ana'] as const, launchWithCamera);
  await party.join('Ana');
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

test('over the film one speaks, reacts, joins the call, leaves it and goes back to the film by keys alone', async () => {
  const { Ana } = party.members;
  const { keyboard } = Ana.page;
  const drawer = await overlayOf(Ana.page);
  await drawer.locator('.pill').waitFor();
  await pressShortcut(Ana, 'chat');
  await drawer.getByRole('heading', { level: 1 }).waitFor();
  await typingIn(drawer);
  await keyboard.type('by keys');
  await keyboard.press('Enter');
  await drawer.getByRole('log').getByText('by keys').waitFor();

  await tabTo(drawer, Ana, 'Fire', 'Shift+Tab');
  await keyboard.press('Enter');
  await Ana.page.locator('html > div[aria-hidden]').waitFor({ state: 'attached' });

  await tabTo(drawer, Ana, 'Join with camera', 'Shift+Tab');
  await keyboard.press('Enter');
  await drawer.getByRole('button', { name: 'Join', exact: true }).waitFor();
  await tabTo(drawer, Ana, 'Join');
  await keyboard.press('Enter');
  await drawer.getByRole('button', { name: 'Leave the call' }).waitFor();
  await tabTo(drawer, Ana, 'Mute my microphone');
  await keyboard.press('Space');
  await expect
    .poll(() => drawer.getByRole('button', { name: 'Mute my microphone', pressed: true }).count())
    .toBe(1);
  await tabTo(drawer, Ana, 'Leave the call');
  await keyboard.press('Enter');
  await drawer.getByRole('button', { name: 'Join with camera' }).waitFor();

  await tabTo(drawer, Ana, 'Join with camera');
  await keyboard.press('Escape');
  await expect.poll(() => Ana.page.evaluate(() => document.activeElement === document.body)).toBe(true);
  await keyboard.press('k');
  await party.expectAll({ playing: true, withinMs: 1000 });
});

/** Goes on by Tab until the button has the keys, and insists that a person could have seen where they went. */
async function tabTo(drawer: Frame, { page }: ChromiumMember, name: string, key = 'Tab'): Promise<void> {
  const wanted = drawer.getByRole('button', { name, exact: true });
  await wanted.waitFor();
  for (let presses = 0; presses < 40; presses++) {
    if (await wanted.evaluate((button) => button === document.activeElement)) return;
    await page.keyboard.press(key);
    expect(await drawer.evaluate(focusMark), `what shows the focus on the way to ${name}`).not.toBe('');
  }
  throw new Error(`40 times ${key} did not lead to ${name}`);
}

/** Runs in the page: an outline or a shadow around what has the focus; empty when there is neither. */
function focusMark(): string {
  const focused = document.activeElement;
  if (!document.hasFocus() || !focused || focused === document.body) return 'elsewhere';
  const { outlineStyle, boxShadow } = getComputedStyle(focused);
  return [outlineStyle, boxShadow].filter((mark) => mark !== 'none').join(' ');
}
