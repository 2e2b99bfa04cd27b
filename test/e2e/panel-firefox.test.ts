import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIREFOX_BUILD, launchFirefoxMember } from '../support/firefox.ts';
import { startParty } from '../support/test-party.ts';

test('Firefox opens the party in its sidebar, which stands there as a page of its own', async () => {
  const manifest = JSON.parse(readFileSync(`${FIREFOX_BUILD}/manifest.json`, 'utf8')) as Record<
    string,
    unknown
  >;
  // Firefox would open it at installation, unasked.
  expect(manifest.sidebar_action).toMatchObject({ default_panel: 'sidepanel.html', open_at_install: false });
  expect(manifest.permissions).not.toContain('sidePanel');

  const party = await startParty(['Fox'] as const, launchFirefoxMember);
  try {
    await party.join('Fox');
    const { withPopup } = party.members.Fox;
    await withPopup(async (popup) => {
      const isOpen = () => popup.evaluate('browser.sidebarAction.isOpen({})');
      expect(await isOpen()).toBe(false);
      await popup.locator('button ::-p-text(Open beside the page)').click();
      await expect.poll(isOpen, { timeout: 5000 }).toBe(true);
      await popup.evaluate(() => location.assign('/sidepanel.html'));
      await popup.waitForSelector('html[data-place="panel"] [role="log"]');
      expect(await popup.evaluate(() => document.body.innerText)).toContain(party.room);
    });
  } finally {
    await party.close();
  }
});
