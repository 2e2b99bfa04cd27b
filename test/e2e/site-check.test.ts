import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { fixtureOf, type OneFixture } from '../support/sites/fixture.ts';
import { startSiteServer, type SiteServer } from '../support/sites/site-server.ts';

let site: SiteServer;
let ana: ChromiumMember;
let fixture: OneFixture;

beforeAll(async () => {
  site = await startSiteServer();
  ana = await launchChromium('Ana', 'https://www.netflix.com/watch/81000001', { args: site.chromiumArgs });
  fixture = fixtureOf(ana.page);
  await fixture.loaded();
});
afterAll(async () => {
  await (ana as ChromiumMember | undefined)?.close();
  await (site as SiteServer | undefined)?.close();
});

/** Unfolds the check in the popup, and reads what it says. */
async function checked<T>(use: (popup: Page) => Promise<T>): Promise<T> {
  const popup = await ana.openPopup();
  await popup.getByText('Does this site work?').click();
  await popup.getByRole('button', { name: 'Check again' }).waitFor({ timeout: 8000 });
  try {
    return await use(popup);
  } finally {
    await popup.close();
    await ana.page.bringToFront();
  }
}
const said = () =>
  checked((popup) => popup.locator('.check-line').allInnerTexts()).then((all) => all.join('\n'));

test('a site that works is said to, and nothing of it is touched', async () => {
  const before = await fixture.truth();
  const text = await said();
  for (const words of [
    'StreamSync can keep this film together.',
    'The site is known: Netflix (rules version',
    'The film was found among 6 videos, in the page itself',
    'The site’s own player answers.',
    'What is on is named netflix:81000001.',
    'Ads of this site are told from its films.',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('Does not work');
  const { positionSec, paused, foreignSeeks, decoysTouched } = await fixture.truth();
  expect({ positionSec, paused, foreignSeeks, decoysTouched }).toEqual({
    positionSec: before.positionSec,
    paused: before.paused,
    foreignSeeks: 0,
    decoysTouched: 0,
  });
});

test('the player is tried when asked for, and put back', async () => {
  await checked(async (popup) => {
    await popup.getByRole('button', { name: 'Try the player' }).click();
    await popup.getByText('Jumping was tried, and works.').waitFor({ timeout: 15_000 });
    await popup.getByText('Pausing and playing was tried, and works.').waitFor();
    await popup.getByText('Another speed was tried, and works.').waitFor();
  });
  expect(await fixture.truth()).toMatchObject({ paused: true, rate: 1, foreignSeeks: 0, error: null });
});

test.each([
  ['no-global', 'The site’s own player is not where it is expected.'],
  ['no-sessions', 'The site’s own player is not where it is expected.'],
  ['throws', 'The site’s own player fails when it is asked.'],
  ['no-selector', 'the site may have changed'],
])('what is broken is named: %s', async (how, words) => {
  await ana.reload();
  await fixture.loaded();
  // The player comes later than its page.
  await ana.page.waitForFunction(() => 'netflix' in globalThis);
  await fixture.breakIt(how);
  const text = await said();
  expect(text).toContain(words);
  expect(text).not.toContain('StreamSync can keep this film together.');
});
