import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

type Name = 'Ana' | 'Ben' | 'Cleo';
let party: TestParty<Name, ChromiumMember>;

beforeAll(async () => {
  party = await startParty(['Ana', 'Ben', 'Cleo'] as const, (name, url) =>
    launchChromium(name, url, { untouched: name === 'Cleo' }),
  );
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

describe('three people in three Chromium', () => {
  test('who joins late lands where the others are', async () => {
    await party.join('Ana', 'Ben');
    await party.members.Ana.press('toggle');
    await party.members.Ana.key('l');
    await party.expectAll({ playing: true, withinMs: 60, afterSec: 8 }, ['Ana', 'Ben']);
    await party.join('Cleo');
    // Nobody has touched Cleo's page, so the browser allows no sound yet: the picture goes ahead without.
    const { page, press, popupText, context } = party.members.Cleo;
    const cdp = await context.newCDPSession(page);
    const muted = async () => {
      // Playwright's own evaluate would count as the person's touch.
      const { result } = await cdp.send('Runtime.evaluate', { expression: 'film.muted && !film.paused' });
      return result.value as boolean;
    };
    await expect.poll(muted).toBe(true);
    expect(await popupText()).toContain('silent until you click');
    await press('other');
    await expect.poll(muted).toBe(false);
    await party.expectAll({ playing: true, withinMs: 60, afterSec: 8 });
    expect(await popupText()).toMatch(/Ana[\s\S]*Ben|Ben[\s\S]*Ana/);
  });

  test('a minute of mixed acts: each followed within a second, and not one intent that no person made', async () => {
    const { Ana, Ben, Cleo } = party.members;
    await party.quiet();
    const acts: (() => Promise<void>)[] = [
      () => Ana.press('toggle'),
      () => Ben.press('toggle'),
      () => Cleo.key('l'),
      () => Ana.chooseSpeed(1.5),
      () => Ben.key('j'),
      () => Cleo.chooseSpeed(1),
      () => Cleo.press('toggle'),
      () => Ben.key('k'),
      () => Ana.key('l'),
    ];
    const endsAtMs = performance.now() + 60_000;
    let playing = true;
    for (let turn = 0; performance.now() < endsAtMs; turn = (turn + 1) % acts.length) {
      const before = party.intents();
      await acts[turn]?.();
      if ([0, 1, 6, 7].includes(turn)) playing = !playing;
      await expect.poll(() => party.intents() - before, { message: `act ${turn}` }).toBe(1);
      await party.expectAll({ playing, withinMs: 80 });
      // A member's site and connection may do as they like meanwhile.
      if (turn === 3) await Ben.pageScript('film.pause()');
      if (turn === 5) await Cleo.press('other');
      await delay(500);
      expect(party.intents() - before, `after act ${turn}`).toBe(1);
    }
  });
});
