import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { openDrawer, overlayOf } from '../support/overlay.ts';
import { PANEL_ARGS, sidePanelOf } from '../support/panel.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;
let Ana: ChromiumMember;
let Ben: ChromiumMember;
/** The way to Ana's panel. */
let beside: Browser | undefined;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'] as const, (name, url) =>
    launchChromium(name, url, { args: PANEL_ARGS }),
  );
  ({ Ana, Ben } = party.members);
  await party.join('Ana', 'Ben');
});
afterAll(async () => {
  await beside?.close();
  await party.close();
});

describe('the party beside the page', () => {
  let panel: Page;

  test('is opened from over the film, which has the chat no more then', async () => {
    const drawer = await openDrawer(Ana);
    await drawer.getByRole('button', { name: 'Open beside the page' }).click();
    ({ panel, browser: beside } = await sidePanelOf(Ana));
    await panel.getByRole('heading', { level: 1, name: party.room }).waitFor();
    await drawer.getByRole('button', { name: /^Open the party/ }).waitFor();
  });

  test('is spoken in, both ways, and what is said there is not counted over the film', async () => {
    const field = panel.getByRole('textbox', { name: /message/i });
    await field.fill('from beside the page');
    await field.press('Enter');
    await (await openDrawer(Ben)).getByRole('log').getByText('from beside the page').waitFor();
    await Ben.say('seen from afar');
    await panel.getByRole('log').getByText('seen from afar').waitFor();
    const overlay = await overlayOf(Ana.page);
    expect(await overlay.getByRole('button', { name: /^Open the party/ }).innerText()).toBe('Open the party');
  });

  test('stays through a reload of the tab, and offers to watch in another that comes to the front', async () => {
    await Ana.reload();
    await panel.getByRole('button', { name: 'Hide the party over the film' }).waitFor();
    const other = await Ana.context.newPage();
    await other.goto(`${party.site.origin}/film`);
    await other.bringToFront();
    await panel.getByRole('button', { name: 'Watch here instead' }).waitFor();
    await other.close();
    await panel.getByRole('button', { name: 'Hide the party over the film' }).waitFor();
  });

  test('says that there is no party, looks into no tab for that, and starts one', async () => {
    await panel.getByRole('button', { name: 'Leave' }).click();
    await panel.getByText('You are in no party.').waitFor();
    await panel.getByText('The party will be in the tab in front, on 127.0.0.1.').waitFor();
    await panel.getByRole('button', { name: 'Start a party' }).click();
    await panel.getByRole('textbox', { name: /message/i }).waitFor();
    await overlayOf(Ana.page);
  });
});
