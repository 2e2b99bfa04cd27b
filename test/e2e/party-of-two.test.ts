import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben'], (name, url) => launchChromium(name, url));
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

describe('two people in two Chromium', () => {
  test('join by the popup and see each other', async () => {
    await party.join('Ana', 'Ben');
    expect(await party.members.Ana.popupText()).toContain('Ben');
    expect(await party.members.Ben.popupText()).toMatch(/Ana/);
  });

  test('play on one side starts both, close together', async () => {
    await party.members.Ana.press('toggle');
    await party.expectAll({ playing: true, withinMs: 60 });
  });

  test('pause on the other side stops both on the same picture', async () => {
    await party.members.Ben.press('toggle');
    await party.expectAll({ playing: false, withinMs: 20 });
  });

  test('seek by the keyboard, while playing and while paused', async () => {
    const { Ana: ana, Ben: ben } = party.members;
    await ben.key('l');
    const { positionSec } = await ben.sample();
    await party.expectAll({ playing: false, withinMs: 20 });
    await ben.press('toggle');
    await party.expectAll({ playing: true, withinMs: 60 });
    await ana.key('l');
    await party.expectAll({ playing: true, withinMs: 60, afterSec: positionSec + 5 });
  });

  test('a speed chosen by one is everybody’s', async () => {
    await party.quiet();
    const before = party.intents();
    await party.members.Ana.chooseSpeed(1.5);
    await party.expectAll({ playing: true, withinMs: 60, rate: 1.5 });
    await party.members.Ben.chooseSpeed(1);
    await party.expectAll({ playing: true, withinMs: 60, rate: 1 });
    expect(party.intents() - before).toBe(2);
  });

  test('a drag along the seek bar is one act, and its end counts', async () => {
    const { page } = party.members.Ana;
    const before = party.taps.Ana.intents();
    const bar = await page.locator('#seek').boundingBox();
    if (!bar) throw new Error('no seek bar');
    const y = bar.y + bar.height / 2;
    await page.mouse.move(bar.x + bar.width * 0.2, y);
    await page.mouse.down();
    for (let step = 2; step <= 6; step++) await page.mouse.move(bar.x + bar.width * 0.1 * step, y);
    await page.mouse.up();
    await party.expectAll({ playing: true, withinMs: 60, afterSec: 90 });
    expect(party.taps.Ana.intents() - before).toBe(1);
  });

  test('chat goes both ways, and what is typed survives the popup', async () => {
    const { Ana: ana, Ben: ben } = party.members;
    await ana.say('Is this on?');
    await ben.say('<b>Loud & clear</b>');
    expect(await ben.popupText()).toContain('Is this on?');
    expect(await ana.popupText()).toContain('<b>Loud & clear</b>');
    const popup = await ana.openPopup();
    await popup.getByRole('textbox', { name: /message/i }).fill('half a thou');
    await popup.close();
    const again = await ana.openPopup();
    await expect
      .poll(() => again.getByRole('textbox', { name: /message/i }).inputValue())
      .toBe('half a thou');
    await again.getByRole('textbox', { name: /message/i }).fill('');
    await again.close();
    await ana.page.bringToFront();
  });

  test('what the site does by itself moves nobody, and is put right', async () => {
    const { Ana: ana } = party.members;
    await party.quiet();
    const before = party.intents();
    await ana.pageScript('film.pause()');
    await party.expectAll({ playing: true, withinMs: 60 });
    await ana.pageScript('film.currentTime = 5');
    await party.expectAll({ playing: true, withinMs: 60, afterSec: 60 });
    await ana.pageScript('film.dispatchEvent(new Event("pause")); film.dispatchEvent(new Event("seeking"))');
    await party.expectAll({ playing: true, withinMs: 60 });
    expect(party.intents()).toBe(before);
  });

  test('leaving is told, and the host’s role goes on', async () => {
    const { Ana: ana, Ben: ben } = party.members;
    expect(await ben.popupText()).not.toContain('Only me');
    expect(await ana.popupText()).toContain('Make host');
    await ana.leave();
    // Only the host is offered to keep control to themselves.
    await expect.poll(() => ben.popupText()).toContain('Only me');
    expect(await ben.popupText()).not.toContain('Make host');
  });
});
