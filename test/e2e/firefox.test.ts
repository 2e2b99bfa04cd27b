import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { launchFirefox } from '../support/firefox.ts';
import type { Member } from '../support/member.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

let party: TestParty<'Ana' | 'Fox', Member>;

beforeAll(async () => {
  party = await startParty(['Ana', 'Fox'] as const, (name, url) =>
    name === 'Fox' ? launchFirefox(name, url) : launchChromium(name, url),
  );
});
afterAll(async () => {
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

// Firefox moves currentTime on in steps of up to 40 ms.
const WITHIN_MS = 80;

describe('Firefox and Chromium in one party', () => {
  test('Firefox joins by the popup', async () => {
    await party.join('Ana', 'Fox');
    expect(await party.members.Fox.popupText()).toContain('Ana');
    expect(await party.members.Ana.popupText()).toContain('Fox');
  });

  test('Firefox follows play, seek and pause of Chromium', async () => {
    const { Ana } = party.members;
    await Ana.press('toggle');
    await party.expectAll({ playing: true, withinMs: WITHIN_MS });
    await Ana.key('l');
    await party.expectAll({ playing: true, withinMs: WITHIN_MS, afterSec: 9 });
    await Ana.press('toggle');
    await party.expectAll({ playing: false, withinMs: 25 });
  });

  test('and Chromium those of Firefox', async () => {
    const { Fox } = party.members;
    await party.quiet();
    const before = party.intents();
    await Fox.press('toggle');
    await party.expectAll({ playing: true, withinMs: WITHIN_MS });
    await Fox.key('l');
    await party.expectAll({ playing: true, withinMs: WITHIN_MS, afterSec: 19 });
    await Fox.press('toggle');
    await party.expectAll({ playing: false, withinMs: 25 });
    expect(party.intents() - before).toBe(3);
  });

  test('chat goes both ways', async () => {
    await party.members.Fox.say('hello from the fox');
    await party.members.Ana.say('hello, fox');
    await expect.poll(() => party.members.Ana.popupText()).toContain('hello from the fox');
    await expect.poll(() => party.members.Fox.popupText()).toContain('hello, fox');
  });
});
