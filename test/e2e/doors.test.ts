import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

const KEY = 'q83vEjRWeJASNFZ4kBI0Vg';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;
let bare: string;
let whole: string;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'] as const, (name, url) => launchChromium(name, url));
  bare = party.taps.Ben.invite(party.room);
  whole = `${bare}#k=${KEY}`;
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

describe('the door of a party', () => {
  test('[KEY-2] stays shut without the key, says why, and is not knocked at again', async () => {
    const { Ana, Ben } = party.members;
    await Ana.join(`${party.taps.Ana.invite(party.room)}#k=${KEY}`);
    await Ana.press('toggle');
    await Ben.join(bare);
    await expect.poll(() => Ben.popupText()).toContain('This link is incomplete');
    const joins = () => party.taps.Ben.sent.filter(({ message }) => message.type === 'room/join').length;
    expect(joins()).toBe(1);
    expect(await Ana.popupText()).not.toContain('Ben joined');
    // The whole link goes where that is said, and nothing has to be left before.
    const popup = await Ben.openPopup();
    await popup.getByLabel('The whole invite link').fill(whole);
    await popup.getByRole('button', { name: 'Join', exact: true }).click();
    await popup.getByRole('list', { name: 'Members' }).getByText('Ana').waitFor();
    await popup.close();
    expect(joins()).toBe(2);
    await Ben.leave();
  });

  test('[KEY-5] shows who is there and what is on only by the whole link', async () => {
    const { Ben } = party.members;
    const link = `http://127.0.0.1:${party.server.port}/join/${party.room}`;
    await Ben.goto(link);
    const page = Ben.page.locator('main');
    await page.getByText('This link is incomplete').waitFor();
    expect(await page.innerText()).not.toMatch(/Ana|The Test Film/);
    await Ben.goto('about:blank');
    await Ben.goto(`${link}#k=${KEY}`);
    await page.getByText('The Test Film').waitFor();
    expect(await page.innerText()).toContain('Ana');
  });

  test('[KEY-1] opens to the whole link in one click, which names who waits and what is on', async () => {
    const { Ana, Ben } = party.members;
    const popup = await Ben.openPopup();
    await popup.getByText('Ana is there.').waitFor();
    await popup.getByText('The Test Film').waitFor();
    await popup.getByLabel('Your name').fill('Ben');
    await popup.getByRole('button', { name: `Join ${party.room}` }).click();
    await Ben.page.waitForURL(/\/film/);
    await popup.close();
    await Ben.page.bringToFront();
    await party.expectAll({ playing: true, withinMs: 60, followMs: 4000 });
    expect(await Ana.popupText()).toContain('Ben joined');
  });

  test('[MOD-3] whom the host removes is out, is told so, and cannot come back while it is locked', async () => {
    const { Ana, Ben } = party.members;
    const popup = await Ana.openPopup();
    await popup.getByRole('button', { name: 'Remove from the party: Ben' }).click();
    await popup.getByRole('button', { name: 'Remove and lock' }).click();
    await popup.getByText('You removed Ben and locked the party').waitFor();
    await expect.poll(() => Ben.popupText()).toContain('The host removed you from this party.');
    await Ben.leave();
    await Ben.join(whole);
    await expect.poll(() => Ben.popupText()).toContain('The party is locked');
    await popup.getByRole('switch', { name: /Lock the party/ }).click();
    await popup.getByText('You unlocked the party').waitFor();
    await popup.close();
    const own = await Ben.openPopup();
    await own.getByRole('button', { name: 'Try again' }).click();
    await own.getByText('You joined').waitFor();
    await own.close();
    expect((await Ana.sample()).paused).toBe(false);
  });
});
