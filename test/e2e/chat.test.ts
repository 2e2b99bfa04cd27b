import type { Frame } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { openDrawer } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;
let anas: Frame;
let bens: Frame;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'] as const, (name, url) => launchChromium(name, url));
  await party.join('Ana');
  anas = await openDrawer(party.members.Ana);
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

const field = (drawer: Frame) => drawer.getByRole('textbox', { name: /message/i });
/** What was said, as a person reads it, without names and times. */
const linesOf = (drawer: Frame) => drawer.locator('.message .bubble').allInnerTexts();

async function say(drawer: Frame, text: string): Promise<void> {
  await field(drawer).fill(text);
  await field(drawer).press('Enter');
}

describe('the chat over the film', () => {
  test('[CHAT-4] who joins late reads what was said before', async () => {
    await say(anas, 'first words');
    await anas.getByRole('log').getByText('first words').waitFor();
    await party.join('Ben');
    bens = await openDrawer(party.members.Ben);
    await bens.getByRole('log').getByText('first words').waitFor();
  });

  test('tells who is typing, until it is sent or taken back', async () => {
    const sign = bens.getByText('Ana is typing…');
    await field(anas).pressSequentially('we', { delay: 20 });
    await sign.waitFor();
    await field(anas).fill('');
    await sign.waitFor({ state: 'detached' });
    await field(anas).pressSequentially('well', { delay: 20 });
    await sign.waitFor();
    await field(anas).press('Enter');
    await bens.getByRole('log').getByText('well', { exact: true }).waitFor();
    await sign.waitFor({ state: 'detached' });
  });

  test('shows at both sides what a line was answered with, and takes it back', async () => {
    const message = (drawer: Frame) => drawer.locator('.message', { hasText: 'first words' });
    await message(bens).getByRole('button', { name: 'React', exact: true }).click();
    await message(bens)
      .getByRole('group', { name: 'React with' })
      .getByRole('button', { name: 'Heart' })
      .click();
    const heart = (drawer: Frame) => message(drawer).getByRole('button', { name: /^❤️ 1/ });
    await heart(anas).waitFor();
    expect(await heart(anas).innerText()).toContain('Ben');
    expect(await heart(anas).getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => heart(bens).getAttribute('aria-pressed')).toBe('true');
    await heart(bens).click();
    await heart(anas).waitFor({ state: 'detached' });
  });

  test('lets an emoji float over both films, and out of the way again', async () => {
    await anas.getByRole('group', { name: 'Over the film' }).getByRole('button', { name: 'Fire' }).click();
    const floating = Object.values(party.members).map(({ page }) => page.locator('html > div[aria-hidden]'));
    await Promise.all(floating.map((emoji) => emoji.waitFor({ state: 'attached' })));
    await Promise.all(floating.map((emoji) => emoji.waitFor({ state: 'detached' })));
  });

  test('keeps lines typed without a network, says so, and brings them once and in order', async () => {
    const said = ['offline one', 'offline two', 'offline three'];
    party.taps.Ana.cut();
    for (const text of said) await say(anas, text);
    await expect.poll(() => anas.getByText('Sending…').count()).toBe(3);
    expect((await linesOf(anas)).slice(-3)).toEqual(said);
    // Somebody else speaks meanwhile: one order for all in the end.
    await say(bens, 'are you there?');
    await bens.getByRole('log').getByText('are you there?').waitFor();
    expect(await linesOf(bens)).not.toContain('offline one');
    party.taps.Ana.mend();
    await expect.poll(() => anas.getByText('Sending…').count(), { timeout: 8000 }).toBe(0);
    await expect.poll(() => linesOf(bens)).toEqual(expect.arrayContaining(said));
    const both = await linesOf(bens);
    expect(both.filter((line) => line.startsWith('offline'))).toEqual(said);
    await expect.poll(() => linesOf(anas)).toEqual(both);
  });

  test('brings lines over a server that died and forgot', async () => {
    await party.server.kill();
    await say(anas, 'to nobody yet');
    await anas.getByText('Sending…').waitFor();
    await party.server.restart();
    await bens.getByRole('log').getByText('to nobody yet').waitFor({ timeout: 10_000 });
    await expect
      .poll(async () => (await linesOf(bens)).filter((line) => line === 'to nobody yet').length)
      .toBe(1);
    await expect.poll(() => anas.getByText('Sending…').count()).toBe(0);
    await expect.poll(() => linesOf(anas)).toEqual(await linesOf(bens));
  });

  test('says of a line that the server did not take, keeps it, and brings it once on another try', async () => {
    party.taps.Ana.refuseNext('chat/send');
    await say(anas, 'refused at first');
    const line = anas.locator('.message', { hasText: 'refused at first' });
    await line.getByText('Not sent').waitFor();
    // The chat goes on meanwhile.
    await say(anas, 'taken at once');
    await bens.getByRole('log').getByText('taken at once').waitFor();
    expect(await linesOf(bens)).not.toContain('refused at first');
    await line.getByRole('button', { name: 'Retry' }).click();
    await bens.getByRole('log').getByText('refused at first').waitFor();
    await line.getByText('Not sent').waitFor({ state: 'detached' });
    const both = await linesOf(bens);
    expect(both.filter((text) => text === 'refused at first')).toHaveLength(1);
    await expect.poll(() => linesOf(anas)).toEqual(both);
  });

  test('counts on the icon what was not read, and no more once it is', async () => {
    const { Ana } = party.members;
    const badge = () => Ana.context.serviceWorkers()[0]?.evaluate('chrome.action.getBadgeText({})');
    await anas.getByRole('button', { name: 'Fold' }).click();
    await expect.poll(badge).toBe('');
    await say(bens, 'knock');
    await say(bens, 'knock knock');
    await expect.poll(badge).toBe('2');
    await anas.getByRole('button', { name: 'Open the party, 2 new messages' }).click();
    await expect.poll(badge).toBe('');
  });
});
