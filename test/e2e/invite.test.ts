import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;
let link: string;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'] as const, (name, url) => launchChromium(name, url));
  link = `http://127.0.0.1:${party.server.port}/join/${party.room}`;
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

describe('an invite link', () => {
  test('tells who waits and what is on, to anybody who opens it', async () => {
    const { Ana, Ben } = party.members;
    await Ana.join(link);
    await Ana.press('toggle');
    await Ben.goto(link);
    const page = Ben.page.locator('main');
    await expect.poll(() => page.innerText()).toContain('Ana');
    expect(await page.innerText()).toContain('The Test Film');
    expect(await page.innerText()).toContain(party.room);
  });

  test('one click in the popup there joins, and brings the tab to the film at the right moment', async () => {
    const { Ben, Ana } = party.members;
    const popup = await Ben.openPopup();
    await popup.getByLabel('Your name').fill('Ben');
    await popup.getByRole('button', { name: `Join ${party.room}` }).click();
    await Ben.page.waitForURL(/\/film/);
    await popup.close();
    await Ben.page.bringToFront();
    await party.expectAll({ playing: true, withinMs: 60, followMs: 4000 });
    expect(await Ana.popupText()).toContain('Ben');
  });

  test('a member who goes elsewhere is away, moves nobody, and is offered the way back', async () => {
    const { Ben, Ana } = party.members;
    const before = party.intents();
    await Ben.goto(`${party.site.origin}/film?another`);
    await expect.poll(() => Ben.popupText(), { timeout: 4000 }).toContain('Back to the party');
    await expect.poll(() => Ana.popupText(), { timeout: 4000 }).toMatch(/Ben\s+Away/);
    expect((await Ana.sample()).paused).toBe(false);
    const popup = await Ben.openPopup();
    await popup.getByRole('button', { name: 'Back to the party' }).first().click();
    await Ben.page.waitForURL(/\/film$/);
    await popup.close();
    await Ben.page.bringToFront();
    await party.expectAll({ playing: true, withinMs: 60, followMs: 4000 });
    expect(party.intents()).toBe(before);
  });

  test('an address that is no server says so, and keeps trying', async () => {
    const { Ben } = party.members;
    await Ben.leave();
    await Ben.join('http://127.0.0.1:9/join/nowhere');
    await expect.poll(() => Ben.popupText(), { timeout: 8000 }).toContain('The server does not answer');
    await Ben.leave();
  });
});
